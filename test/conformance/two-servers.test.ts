import { createHash } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { afterAll, describe, expect, test } from 'vitest';
import { startGatehouse } from '../rig/gatehouse.ts';
import { readForms } from '../rig/html-forms.ts';
import { callMcp } from '../rig/mcp-call.ts';
import type { Tokens } from '../rig/oauth-client.ts';
import { defaultRedirectUri, OAuthClient, readJson, readTokens } from '../rig/oauth-client.ts';
import { Person } from '../rig/person.ts';

const gatehouse = await startGatehouse({ app: 'test/apps/two-servers.ts' });
const issuer = gatehouse.baseUrl;
const { todo = '', notes = '' } = gatehouse.mcpUrls;

afterAll(() => gatehouse.stop());

/** An authorization URL for both servers. */
function forBoth(client: OAuthClient, more: Readonly<Record<string, string>> = {}) {
  const attempt = client.start(more);
  for (const resource of [todo, notes]) attempt.url.searchParams.append('resource', resource);
  return attempt;
}

async function signIn(client: OAuthClient, first: string): Promise<Tokens> {
  const attempt = forBoth(client);
  const landing = await new Person().authorize(attempt.url);
  return readTokens(await client.redeem(attempt, landing, { resource: first }));
}

const statusAt = async (url: string, token: string) => (await callMcp(url, token)).status;
const metadataOf = async (path: string) =>
  (await readJson(await fetch(`${issuer}/.well-known/oauth-protected-resource${path}`))).body;

describe('RS-03 pain 29 each server has metadata of its own', () => {
  test('by its path, and the root form is the first', async () => {
    expect(await metadataOf('/mcp')).toMatchObject({ resource: todo });
    expect(await metadataOf('/notes/mcp')).toMatchObject({
      resource: notes,
      scopes_supported: ['notes:read', 'notes:write', 'share'],
      authorization_details_types_supported: ['mcp_tools'],
    });
    expect(await metadataOf('')).toEqual(await metadataOf('/mcp'));
  });

  test('and a challenge of its own', async () => {
    const { challenge } = await callMcp(notes);
    expect(challenge).toContain(`resource_metadata="${issuer}/.well-known/oauth-protected-resource/notes/mcp"`);
    expect(challenge).toContain('scope="notes:read notes:write share"');
  });
});

describe('AS-47 AS-66 one grant, one token a server', () => {
  test('asked one at a time; each opens its own server and no other (RS-05)', async () => {
    const client = await OAuthClient.register(issuer);
    const atTodo = await signIn(client, todo);
    expect(atTodo.scope).toBe('todo:read todo:write share');
    const atNotes = readTokens(await client.refresh(atTodo.refreshToken, { resource: notes }));
    expect(atNotes.scope).toBe('notes:read notes:write share');
    const narrow = readTokens(await client.refresh(atNotes.refreshToken, { resource: notes, scope: 'notes:read' }));
    expect(narrow.scope).toBe('notes:read');

    expect([await statusAt(todo, atTodo.accessToken), await statusAt(notes, atTodo.accessToken)]).toEqual([200, 401]);
    expect([await statusAt(todo, atNotes.accessToken), await statusAt(notes, atNotes.accessToken)]).toEqual([401, 200]);
    const call = { method: 'tools/call', params: { name: 'write_note', arguments: {} } };
    expect((await callMcp(notes, narrow.accessToken, call)).status).toBe(403);
    expect((await callMcp(notes, atNotes.accessToken, call)).status).toBe(200);
  });

  test('pain 7 the origin could mean both: invalid_target, and neither code nor refresh token is spent', async () => {
    const client = await OAuthClient.register(issuer);
    const refused = await new Person().authorize(client.start({ resource: issuer }).url);
    expect(refused.searchParams.get('error')).toBe('invalid_target');

    const attempt = forBoth(client);
    const landing = await new Person().authorize(attempt.url);
    const ambiguous = await client.redeem(attempt, landing, { resource: `${issuer}/` });
    expect(ambiguous).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    const tokens = readTokens(await client.redeem(attempt, landing, { resource: `${notes}/` }));
    expect((await client.refresh(tokens.refreshToken, { resource: issuer })).body['error']).toBe('invalid_target');
    expect((await client.refresh(tokens.refreshToken)).status).toBe(200);
  });

  test('a grant for one server gives nothing for the other', async () => {
    const client = await OAuthClient.register(issuer);
    const tokens = await client.signIn({ parameters: { resource: todo } });
    const answer = await client.refresh(tokens.refreshToken, { resource: notes });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
  });

  test('the page shows the servers one after the other; a right unticked at one stays at the other', async () => {
    const client = await OAuthClient.register(issuer);
    const attempt = forBoth(client);
    const person = new Person();
    const page = await person.arrive(attempt.url);
    expect(page.body).toMatch(/Todos: It will be able to[\s\S]*Notes: It will be able to/);
    const ids = [...page.body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const ticks = readForms(page.body)[0]
      ?.fields.filter(({ type }) => type === 'checkbox')
      .map(({ value }) => value);
    expect(ticks).toEqual([`${todo} todo:write`, `${todo} share`, `${notes} notes:write`, `${notes} share`]);
    const landing = await person.answer(page, { untick: [`${notes} share`] });
    const first = readTokens(await client.redeem(attempt, landing.url, { resource: notes }));
    expect(first.scope).toBe('notes:read notes:write');
    expect(readTokens(await client.refresh(first.refreshToken, { resource: todo })).scope).toContain('share');
  });
});

describe('AS-54 F-E5 authorization details', () => {
  const loopback = { [oauth.allowInsecureRequests]: true } as const;
  const details = [{ type: 'mcp_tools', locations: [notes], actions: ['read'], path: 'workspace/1' }];

  test('oauth4webapi finds them echoed, and the server finds them in its caller', async () => {
    const discovered = await oauth.discoveryRequest(new URL(issuer), { algorithm: 'oauth2', ...loopback });
    const as = await oauth.processDiscoveryResponse(new URL(issuer), discovered);
    expect(as.authorization_details_types_supported).toEqual(['mcp_paths', 'mcp_tools']);
    const { clientId } = await OAuthClient.register(issuer);
    const client = { client_id: clientId };
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const answer = await oauth.pushedAuthorizationRequest(
      as,
      client,
      oauth.None(),
      {
        response_type: 'code',
        redirect_uri: defaultRedirectUri,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        state,
        resource: notes,
        authorization_details: JSON.stringify(details),
      },
      loopback,
    );
    const { request_uri } = await oauth.processPushedAuthorizationResponse(as, client, answer);
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({ client_id: clientId, request_uri }).toString();
    const landing = await new Person().awaitedAt(defaultRedirectUri).authorize(url);
    const validated = oauth.validateAuthResponse(as, client, landing, state);
    const grant = oauth.authorizationCodeGrantRequest;
    const redeemed = await grant(as, client, oauth.None(), validated, defaultRedirectUri, verifier, loopback);
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, redeemed);
    expect(tokens.authorization_details).toEqual(details);

    const request = new Request(notes, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    const claims = await oauth.validateJwtAccessToken(as, request, notes, loopback);
    expect(claims.authorization_details).toEqual(details);
    const call = { method: 'tools/call', params: { name: 'read_notes', arguments: {} } };
    const { body } = await callMcp(notes, tokens.access_token, call);
    const caller = /"text":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? '';
    const { authorizationDetails } = JSON.parse(JSON.parse(`"${caller}"`) as string) as {
      authorizationDetails: string;
    };
    expect(JSON.parse(authorizationDetails)).toEqual(details);

    const again = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? '', loopback);
    const refreshed = await oauth.processRefreshTokenResponse(as, client, again);
    expect(refreshed.authorization_details).toEqual(details);
  });

  test('the page shows them, escaped, and a type of the other server is refused', async () => {
    const client = await OAuthClient.register(issuer);
    const strange = [{ type: 'mcp_tools', path: `<img src=x onerror=alert(1)>"'` }];
    const asked = client.start({ resource: notes, authorization_details: JSON.stringify(strange) });
    const page = await new Person().arrive(asked.url);
    expect(page.body).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;');
    expect(page.body).not.toContain('<img');
    const atTodo = client.start({ resource: todo, authorization_details: JSON.stringify(strange) });
    const landing = await new Person().authorize(atTodo.url);
    expect(landing.searchParams.get('error')).toBe('invalid_authorization_details');
  });
});
