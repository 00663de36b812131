import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { startGatehouse } from '../rig/gatehouse.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';

const gatehouse = await startGatehouse({ app: 'test/apps/rate-limits.ts' });
afterAll(() => gatehouse.stop());
const { baseUrl } = gatehouse;
const mcpUrl = gatehouse.mcpUrls['todo'] ?? '';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** Posts from another address of this machine: all of 127.0.0.0/8 are its own, so nothing needs to be pretended. */
function postFrom(localAddress: string, path: string, body: string, type = 'application/json'): Promise<Answer> {
  const { port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': type, host: `localhost:${port}`, 'x-forwarded-for': '198.51.100.7' };
    const sent = request(
      { host: '127.0.0.1', port, path, method: 'POST', localAddress, headers, agent: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const parsed = JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: parsed });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const metadata = JSON.stringify({
  client_name: 'Flood',
  redirect_uris: ['http://127.0.0.1:9/callback'],
  token_endpoint_auth_method: 'none',
});

describe.runIf(process.platform === 'linux')('AS-73 F-E4 pain 22', () => {
  test('a flood of registrations over several instances gets 429, and another address is served', async () => {
    const flood = await Promise.all(Array.from({ length: 12 }, () => postFrom('127.0.0.2', '/register', metadata)));
    const served = flood.filter(({ status }) => status === 201);
    const refused = flood.filter(({ status }) => status === 429);
    expect(served.length + refused.length).toBe(12);
    // Who contends for the last one may be told to come back though it was there; nobody gets more than there is.
    expect(served.length).toBeGreaterThanOrEqual(1);
    expect(served.length).toBeLessThanOrEqual(4);
    for (const { headers, body } of refused) {
      expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
      expect(body).toMatchObject({ error: 'temporarily_unavailable' });
    }
    expect((await postFrom('127.0.0.3', '/register', metadata)).status).toBe(201);
  });

  test('a client that floods the token endpoint gets 429, and the same client elsewhere is answered', async () => {
    const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'x', refresh_token: 'y' }).toString();
    const ask = (address: string) => postFrom(address, '/token', body, 'application/x-www-form-urlencoded');
    const flood = await Promise.all(Array.from({ length: 12 }, () => ask('127.0.0.4')));
    expect(flood.map(({ status }) => status)).toContain(429);
    expect((await ask('127.0.0.5')).status).not.toBe(429);
  });
});

test('F-E4 a caller of an MCP server gets 429 with Retry-After', async () => {
  const client = await OAuthClient.register(baseUrl);
  const { accessToken } = await client.signIn();
  const answers = await Promise.all(Array.from({ length: 10 }, () => callMcp(mcpUrl, accessToken)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(7);
  for (const { headers } of refused) expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
});

test('discovery has no limit', async () => {
  const paths = ['oauth-authorization-server', 'openid-configuration', 'oauth-protected-resource/mcp', 'jwks.json'];
  for (let round = 0; round < 10; round += 1) {
    const answers = await Promise.all(paths.map((path) => fetch(`${baseUrl}/.well-known/${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  }
});
