import { describe, expect, test } from 'vitest';
import { commands } from '../../cli/commands/all-commands.ts';
import { findCommand } from '../../cli/arguments/find-command.ts';
import { parseArguments, requireFlags, wordsOf } from '../../cli/arguments/parse-arguments.ts';
import { topics } from '../../cli/commands/all-commands.ts';
import type { ProtectedServer } from '../../lambdas/core/protected-server.ts';
import { discoveryApp } from '../../lambdas/http/discovery-app.ts';
import { issuer, mail, servers, todos } from '../core/fixtures.ts';

const settings = {
  brand: { name: 'G<b>', accentColor: '#000000' },
  registration: { dynamic: true },
  metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
};

async function pageOf(
  known: readonly ProtectedServer[] = servers,
  more: Partial<{ trustedIssuers: { issuer: string }[] }> = {},
) {
  const log = { info: () => undefined, error: () => undefined };
  const app = discoveryApp({
    ...{ issuer, servers: known, log },
    settings: { ...settings, ...more },
    signingKeys: { list: async () => [] },
  });
  const answer = await app.request(`${issuer}/which-credential`);
  return { answer, text: await answer.text() };
}

const decoded = (text: string) =>
  text.replace(
    /&(amp|lt|gt|quot|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'",
  );
const blocksOf = (text: string) =>
  [...text.matchAll(/<pre><code>([\s\S]*?)<\/code><\/pre>/g)].map(([, code = '']) => decoded(code));

describe('F-B8 which credential for which case', () => {
  test('is a page for everybody, without script, form or anything from elsewhere', async () => {
    const { answer, text } = await pageOf();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(text).not.toMatch(/<script|<form|<b>/);
  });

  test.each([
    'MCP client',
    'An access token',
    'A device code',
    'An API key of your own',
    'An API key that stands for the program',
    'A machine client (client credentials)',
    'A machine client whose secret IAM guards',
    'Identity assertions (ID-JAG)',
    'Token exchange',
    'OpenID Connect',
  ])('%s', async (credential) => {
    expect((await pageOf()).text).toContain(credential);
  });

  test('every case is reached from the top, and nothing else is', async () => {
    const { text } = await pageOf();
    const links = [...text.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
    const sections = [...text.matchAll(/<section id="([\w-]+)"/g)].map(([, id]) => id);
    expect(links).toEqual(sections.filter((id) => id !== 'command-line'));
  });

  test('every command is one that there is, with what it needs', async () => {
    const { text } = await pageOf();
    const lines = blocksOf(text)
      .map((block) => /npx gatehouse ([^)]*)/.exec(block.replaceAll('\\\n', ' '))?.[1])
      .filter((line) => line !== undefined);
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const typed = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
      const all = commands.flatMap(({ flags }) => flags);
      const found = findCommand(wordsOf(typed, all), commands, topics);
      if (found.kind !== 'command') throw new Error(line);
      requireFlags(parseArguments(typed, found.command.flags).flags, found.command);
    }
  });

  test('names the URLs of this deployment', async () => {
    const { text } = await pageOf();
    for (const server of servers) expect(text).toContain(server.resource);
    expect(blocksOf(text).join('\n')).toContain(`${issuer}/token`);
    expect(text).toContain(`${issuer}/account/keys/new`);
    expect((await pageOf(servers, { trustedIssuers: [{ issuer: 'https://idp.example' }] })).text).toContain(
      'https://idp.example',
    );
  });

  test('leaves out what no server takes, and examples name one that does', async () => {
    const keysOnly = await pageOf([{ ...todos, apiKeys: 'only' }]);
    expect(keysOnly.text).toContain('API keys only');
    for (const id of ['client', 'token', 'device', 'machine', 'exchange']) {
      expect(keysOnly.text).not.toContain(`<section id="${id}"`);
    }
    const noKeys = await pageOf([{ ...todos, apiKeys: 'refused' }]);
    for (const id of ['script', 'automation']) expect(noKeys.text).not.toContain(`<section id="${id}"`);
    const mixed = await pageOf([
      { ...todos, apiKeys: 'only' },
      { ...mail, apiKeys: 'refused' },
    ]);
    expect(blocksOf(mixed.text)).toContain(`npx gatehouse login --device ${mail.resource}`);
    expect(blocksOf(mixed.text).join('\n')).toContain(`--servers ${todos.id} --permissions read`);
    const unread = await pageOf([{ ...todos, scopes: todos.scopes.filter(({ name }) => !name.endsWith(':read')) }]);
    expect(unread.text).not.toContain('--permissions read');
  });
});
