import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { describe, expect, inject, test } from 'vitest';
import { readForms } from '../rig/html-forms.ts';
import { callMcp } from '../rig/mcp-call.ts';
import type { Answer } from '../rig/person.ts';
import { Person } from '../rig/person.ts';
import { MemoryProvider } from '../rig/memory-provider.ts';
import { OAuthClient } from '../rig/oauth-client.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';

/** An application whose person answers each page in turn, and that counts how often the browser was opened. */
class SteppingProvider extends MemoryProvider {
  visits = 0;
  readonly #answers: readonly Answer[];

  constructor(answers: readonly Answer[]) {
    super();
    this.#answers = answers;
  }

  override async redirectToAuthorization(url: URL): Promise<void> {
    this.authorizationUrl = url;
    this.landing = await this.person.authorize(url, this.#answers[this.visits]);
    this.visits += 1;
  }
}

function newTransport(provider: SteppingProvider): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL(mcpUrl), { authProvider: provider });
}

function newClient(): Client {
  return new Client({ name: 'step-up', version: '1.0.0' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
}

/** Signs in with a tick taken away, so that the token is narrow. */
async function narrowClient(provider: SteppingProvider) {
  const transport = newTransport(provider);
  await expect(newClient().connect(transport)).rejects.toThrow(UnauthorizedError);
  await transport.finishAuth(provider.landing?.searchParams ?? new URLSearchParams());
  expect(provider.tokens()?.scope).toBe('todo:read');
  const open = newTransport(provider);
  const client = newClient();
  await client.connect(open);
  return { client, transport: open };
}

const create = { name: 'create_todo', arguments: { title: 'Stepped up' } };

describe('F-E3 RS-07 pain 21 SDK v2 steps up over the wire', () => {
  test('403 with the challenge, one visit to the browser, and the call works', async () => {
    const provider = new SteppingProvider([{ untick: ['todo:write'] }, 'allow']);
    const { client, transport } = await narrowClient(provider);
    await expect(client.callTool(create)).rejects.toThrow(UnauthorizedError);
    expect(provider.visits).toBe(2);
    expect(provider.authorizationUrl?.searchParams.get('scope')?.split(' ')).toEqual(
      expect.arrayContaining(['todo:read', 'todo:write']),
    );
    await transport.finishAuth(provider.landing?.searchParams ?? new URLSearchParams());
    expect(provider.tokens()?.scope).toBe('todo:read todo:write');
    const result = await client.callTool(create);
    expect(result.isError ?? false).toBe(false);
    await client.callTool({ name: 'list_todos', arguments: {} });
    expect(provider.visits).toBe(2);
    await client.close();
  });

  test('a person who says no again is asked once for each call, not in a loop', async () => {
    const no = { untick: ['todo:write'] };
    const provider = new SteppingProvider([no, no, no]);
    const { client, transport } = await narrowClient(provider);
    await expect(client.callTool(create)).rejects.toThrow(UnauthorizedError);
    await transport.finishAuth(provider.landing?.searchParams ?? new URLSearchParams());
    expect(provider.tokens()?.scope).toBe('todo:read');
    expect(provider.visits).toBe(2);
    await client.callTool({ name: 'list_todos', arguments: {} });
    await client.close();
  });
});

describe('pain 21 a client that replaces its scopes instead of uniting them', () => {
  test('asks for the new one alone, is asked about that one alone, and has both', async () => {
    const client = await OAuthClient.register(baseUrl);
    const person = new Person();
    const narrow = await client.signIn({ person, parameters: { scope: 'todo:read' } });
    const headers = { 'mcp-method': 'tools/call', 'mcp-name': 'create_todo' };
    const call = { method: 'tools/call', params: create, headers };
    expect((await callMcp(mcpUrl, narrow.accessToken, call)).status).toBe(403);

    const attempt = client.start({ scope: 'todo:write' });
    const page = await person.arrive(attempt.url);
    expect(page.body).toContain('You already allowed it to');
    const ticks = readForms(page.body)[0]?.fields.filter(({ type }) => type === 'checkbox');
    expect(ticks?.map(({ value }) => value)).toEqual(['todo:write']);
    const landing = await person.answer(page, 'allow');
    const answer = await client.redeem(attempt, landing.url);
    expect(answer.body['scope']).toBe('todo:read todo:write');
    expect((await callMcp(mcpUrl, String(answer.body['access_token']), call)).status).toBe(200);
  });

  test('AS-48 can have less again', async () => {
    const client = await OAuthClient.register(baseUrl);
    const person = new Person();
    await client.signIn({ person, parameters: { scope: 'todo:read todo:write' } });
    const less = await client.signIn({ person, parameters: { scope: 'todo:read' } });
    expect(less.scope).toBe('todo:read');
  });
});
