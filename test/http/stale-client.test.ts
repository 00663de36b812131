import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { likelyClients } from '../../lambdas/http/pages/likely-clients.ts';
import { form, goodRequest, issuer, lifetimes } from '../core/fixtures.ts';
import type { Desk } from './desk.ts';
import { startDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const redirect_uri = 'http://127.0.0.1:3000/callback';

async function register(): Promise<string> {
  const body = JSON.stringify({ redirect_uris: [redirect_uri], token_endpoint_auth_method: 'none' });
  const headers = { 'content-type': 'application/json' };
  const answer = await desk.registration.request(`${issuer}/register`, { method: 'POST', body, headers });
  return ((await answer.json()) as { client_id: string }).client_id;
}

const authorize = async (changes: Record<string, string | undefined>) =>
  desk.interaction.request(`${issuer}/authorize?${goodRequest(changes).toString()}`);

async function pageFor(uri: string | undefined): Promise<string> {
  const answer = await authorize({ client_id: 'lost', redirect_uri: uri });
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  return answer.text();
}

/** Names of clients in the order of the page's steps. */
const order = (page: string) => [...page.matchAll(/<li><strong>([^<(]+?)(?: \([^)]*\))?<\/strong>/g)].map((m) => m[1]);

describe('pain 2 a stale client_id', () => {
  test('(a) pain 22: an id that was lost comes back with the next registration, and works again', async () => {
    const id = await register();
    desk.clock.forward(lifetimes.unusedRegistration + 1);
    expect((await authorize({ client_id: id, redirect_uri })).status).toBe(400);
    expect(await register()).toBe(id);
    expect((await authorize({ client_id: id, redirect_uri })).status).toBe(303);
  });

  test('(b) AS-62 the token endpoint answers 401 invalid_client, by which clients register again', async () => {
    const ask = (headers: Record<string, string>, more: Record<string, string> = {}) =>
      desk.token.request(`${issuer}/token`, {
        method: 'POST',
        body: form({ grant_type: 'refresh_token', refresh_token: 'x', ...more }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    const byBasic = await ask({ authorization: `Basic ${Buffer.from('lost:secret').toString('base64')}` });
    expect([byBasic.status, byBasic.headers.get('www-authenticate')]).toEqual([
      401,
      `Basic realm="${issuer}", charset="UTF-8"`,
    ]);
    expect(await byBasic.json()).toMatchObject({ error: 'invalid_client' });
    const byName = await ask({}, { client_id: 'lost' });
    expect([byName.status, byName.headers.get('www-authenticate')]).toEqual([401, null]);
  });

  test.each([
    ['https://claude.ai/api/mcp/auth_callback', ['Claude']],
    ['https://claude.com/api/mcp/auth_callback', ['Claude']],
    ['claude://claude.ai/mcp-auth-callback/sdk', ['Claude Code']],
    ['http://localhost:54545/callback', ['Claude Code']],
    ['cursor://anysphere.cursor-mcp/oauth/callback', ['Cursor']],
    ['https://www.cursor.com/agents/mcp/oauth/callback', ['Cursor']],
    ['http://localhost:8787/callback', ['Cursor', 'Claude Code']],
    ['https://vscode.dev/redirect', ['VS Code']],
    ['https://insiders.vscode.dev/redirect', ['VS Code']],
    ['http://127.0.0.1:33418/', ['VS Code', 'GitHub Copilot CLI']],
    ['http://127.0.0.1:50123/', ['VS Code', 'GitHub Copilot CLI']],
    ['https://chatgpt.com/connector/oauth/abc123', ['ChatGPT']],
    ['https://chatgpt.com/connector_platform_oauth_redirect', ['ChatGPT']],
    ['http://127.0.0.1:1455/callback', ['Codex CLI', 'Claude Code']],
    ['http://localhost:7777/oauth/callback', ['Gemini CLI', 'mcp-remote']],
    ['http://localhost:3335/oauth/callback', ['mcp-remote']],
    ['http://127.0.0.1:49150/oauth/callback', ['mcp-remote']],
    ['http://localhost:6274/oauth/callback', ['MCP Inspector']],
    ['http://localhost:6274/oauth/callback/debug', ['MCP Inspector']],
  ])('(c) F-C6 the page names the client of %s and begins with its steps', async (uri, clients) => {
    const page = await pageFor(uri);
    expect(page).toContain(`it looks like <strong>${clients.join(' or ')}</strong>`);
    const shown = order(page);
    expect(shown.slice(0, clients.length)).toEqual(clients);
    expect(new Set(shown).size).toBe(10);
    expect(page).toContain('If it is another app');
  });

  test.each([
    undefined,
    'https://client.example/cb',
    'https://claude.ai.evil.example/api/mcp/auth_callback',
    'https://evil.example/?x=https://claude.ai/api/mcp/auth_callback',
    'https://claude.ai@evil.example/api/mcp/auth_callback',
    'http://localhost@evil.example:6274/oauth/callback',
  ])('(c) F-C6 the page names nobody for %s, and shows the steps of all', async (uri) => {
    const page = await pageFor(uri);
    expect(page).not.toContain('it looks like');
    expect(order(page)).toHaveLength(10);
  });

  test('(c) the exact steps, and what an administrator needs', async () => {
    const page = await pageFor('http://127.0.0.1:33418/');
    for (const words of [
      'Authentication: Remove Dynamic Authentication Providers',
      'rm -rf ~/.copilot/mcp-oauth-config',
      'rm -rf ~/.mcp-auth',
      'codex mcp logout',
      'lost',
      'Trace ID',
      `${issuer}/errors/invalid_client`,
    ]) {
      expect(page).toContain(words);
    }
  });

  test('(c) other dead ends do not guess', async () => {
    const page = await (await authorize({ redirect_uri: 'https://claude.ai/api/mcp/other' })).text();
    expect(page).not.toContain('it looks like');
  });

  test('(c) telling the client takes no time, whatever is sent', () => {
    const start = performance.now();
    for (const text of ['http://localhost:' + '1'.repeat(100_000), 'a'.repeat(100_000), 'cursor'.repeat(20_000)]) {
      likelyClients(text);
    }
    expect(performance.now() - start).toBeLessThan(100);
  });

  test('(d) the metadata offer ids that cannot go stale', async () => {
    const answer = await desk.discovery.request(`${issuer}/.well-known/oauth-authorization-server`);
    expect(await answer.json()).toMatchObject({ client_id_metadata_document_supported: true });
  });
});
