import * as oauth from 'oauth4webapi';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { ClientProcess, freePort } from '../rig/client-process.ts';
import { answerDevice, arriveAtDevice, Terminal } from '../rig/device-flow.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';

test('RFC 8628 pain 23: a terminal signs a person in on another device, calls a tool and refreshes', async () => {
  const terminal = await Terminal.register(baseUrl);
  const { body } = await terminal.begin({ resource: mcpUrl });
  expect(body).toMatchObject({ verification_uri: `${baseUrl}/device`, interval: 5, expires_in: 600 });
  expect((await terminal.poll(body['device_code'])).body['error']).toBe('authorization_pending');
  expect((await terminal.poll(body['device_code'])).body['error']).toBe('slow_down');
  const done = await answerDevice(String(body['verification_uri_complete']));
  expect(done.body).toContain('Your device is connected');
  const tokens = readTokens(await terminal.poll(body['device_code'], { resource: mcpUrl }));
  expect((await callMcp(mcpUrl, tokens.accessToken)).status).toBe(200);
  const next = readTokens(await terminal.client.refresh(tokens.refreshToken));
  expect((await callMcp(mcpUrl, next.accessToken)).status).toBe(200);
});

test('RFC 8628 §3.3 the code typed by hand, in small letters; the person knows who asks', async () => {
  const terminal = await Terminal.register(baseUrl);
  const { body } = await terminal.begin();
  const person = new Person();
  const typed = String(body['user_code']).toLowerCase().replace('-', ' ');
  const page = await arriveAtDevice(person, String(body['verification_uri']), typed);
  expect(page.body).toContain('Self-asserted');
  expect(page.body).toContain('The device that showed you the code');
  await person.answer(page, 'allow');
  expect((await terminal.poll(body['device_code'])).status).toBe(200);
});

test('AS-48 an unticked optional scope is not granted', async () => {
  const terminal = await Terminal.register(baseUrl);
  const { body } = await terminal.begin({ scope: 'todo:read todo:write' });
  await answerDevice(String(body['verification_uri_complete']), { untick: ['todo:write'] });
  expect(readTokens(await terminal.poll(body['device_code'])).scope).toBe('todo:read');
});

test('Cancel reaches the device as access_denied', async () => {
  const terminal = await Terminal.register(baseUrl);
  const { body } = await terminal.begin();
  await answerDevice(String(body['verification_uri_complete']), 'deny');
  expect(await terminal.poll(body['device_code'])).toMatchObject({ status: 400, body: { error: 'access_denied' } });
});

test('20 polls of an allowed device at once are one session', async () => {
  const terminal = await Terminal.register(baseUrl);
  const { body } = await terminal.begin();
  await answerDevice(String(body['verification_uri_complete']));
  const answers = await Promise.all(Array.from({ length: 20 }, () => terminal.poll(body['device_code'])));
  const tokens = new Set(answers.map(readTokens).map(({ refreshToken }) => refreshToken));
  expect(tokens.size).toBe(1);
});

test('RFC 8628 §5.1 guessed codes are refused by rate, in one browser', async () => {
  const person = new Person();
  const answers: number[] = [];
  for (const last of 'BCDFGH') {
    answers.push((await arriveAtDevice(person, `${baseUrl}/device`, `ZZZZ-ZZZ${last}`)).status);
  }
  expect(answers).toEqual([400, 400, 400, 400, 400, 429]);
});

describe('RFC 8628 at the endpoint', () => {
  test.each([
    ['an unknown client', { client_id: 'nobody' }, 401, 'invalid_client'],
    ['no client', { client_id: undefined }, 400, 'invalid_request'],
    ['a scope that nobody knows', { scope: 'nonsense' }, 400, 'invalid_scope'],
    ['a resource of somebody else', { resource: 'https://other.example' }, 400, 'invalid_target'],
  ])('%s is refused', async (_, parameters, status, error) => {
    const terminal = await Terminal.register(baseUrl);
    expect(await terminal.begin(parameters)).toMatchObject({ status, body: { error } });
  });

  test('a client for the browser may not use it', async () => {
    const browserOnly = new Terminal(await OAuthClient.register(baseUrl));
    expect(await browserOnly.begin()).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  test('AS-60 GET is 405', async () => {
    const answer = await fetch(`${baseUrl}/device_authorization`);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toContain('POST');
  });

  test('AS-06 metadata name the endpoint and the grant type', async () => {
    const metadata = (await (await fetch(`${baseUrl}/.well-known/oauth-authorization-server`)).json()) as {
      readonly grant_types_supported: readonly string[];
    };
    expect(metadata).toMatchObject({ device_authorization_endpoint: `${baseUrl}/device_authorization` });
    expect(metadata.grant_types_supported).toContain('urn:ietf:params:oauth:grant-type:device_code');
    // No issuer is trusted here: what cannot work is not named (X-EMA1).
    expect(metadata.grant_types_supported).not.toContain('urn:ietf:params:oauth:grant-type:jwt-bearer');
    expect(metadata).not.toHaveProperty('authorization_grant_profiles_supported');
  });
});

test('RFC 8628 oauth4webapi, strict, walks the device flow', async () => {
  const insecure = { [oauth.allowInsecureRequests]: true } as const;
  const issuer = new URL(baseUrl);
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
  );
  const client = { client_id: (await Terminal.register(baseUrl)).client.clientId };
  const asked = await oauth.deviceAuthorizationRequest(as, client, oauth.None(), { resource: mcpUrl }, insecure);
  const device = await oauth.processDeviceAuthorizationResponse(as, client, asked);
  await answerDevice(device.verification_uri_complete ?? '');
  const answer = await oauth.deviceCodeGrantRequest(as, client, oauth.None(), device.device_code, insecure);
  const tokens = await oauth.processDeviceCodeResponse(as, client, answer);
  expect((await callMcp(mcpUrl, tokens.access_token)).status).toBe(200);
});

test('pain 23: mcp-remote --device-code, without a browser: sign-in, tools/list', async () => {
  const bridge = new ClientProcess('mcp-remote/dist/proxy.js', [mcpUrl, String(await freePort()), '--device-code']);
  onTestFinished(() => bridge.stop());
  const clientInfo = { name: 'desktop', version: '1.0.0' };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  bridge.write({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  const [page] = await bridge.waitFor(/http:\S+\/device\?user_code=\S+/, 'stderr');
  expect((await answerDevice(page)).body).toContain('Your device is connected');
  await bridge.waitFor(/^\{.*"id":1\b.*\}$/m, 'stdout');
  bridge.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
  bridge.write({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} });
  const [line] = await bridge.waitFor(/^\{.*"id":2\b.*\}$/m, 'stdout');
  expect(line).toContain('list_todos');
});
