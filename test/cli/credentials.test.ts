import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { credentialsPath, readCredentials, writeCredentials } from '../../cli/admin/credentials-file.ts';
import { CommandLine } from '../rig/command-line.ts';
import type { Asked, Reply } from './web-server.ts';
import { startWebServer } from './web-server.ts';

const client = 'registered';

/** A Gatehouse that counts how often it is asked for a refresh, and a home with a sign-in there. */
async function homeOf(expiresAt: number, token?: () => Reply) {
  let refreshes = 0;
  const answer = ({ path, headers }: Asked, url: string): Reply => {
    if (path === '/.well-known/oauth-authorization-server') {
      const endpoints = { token_endpoint: `${url}/token`, revocation_endpoint: `${url}/revoke` };
      return { json: { issuer: url, ...endpoints, code_challenge_methods_supported: ['S256'] } };
    }
    if (path === '/token') {
      refreshes += 1;
      const fresh = { access_token: `fresh-${refreshes}`, refresh_token: `next-${refreshes}`, expires_in: 3600 };
      return token?.() ?? { json: { token_type: 'bearer', ...fresh } };
    }
    if (path === '/revoke') return { json: {} };
    if (headers.authorization?.startsWith('Bearer fresh-')) return { json: { items: [{ client: 'a' }] } };
    return headers.authorization === 'Bearer stored' && expiresAt > Date.now() / 1000 + 86_000
      ? { json: { items: [] } }
      : { status: 401, json: { title: 'Unauthorized' } };
  };
  const server = await startWebServer(answer);
  const shell = new CommandLine({ GATEHOUSE_URL: server.url });
  onTestFinished(async () => {
    await server.stop();
    shell.remove();
  });
  const signIn = {
    clientId: client,
    accessToken: 'stored',
    refreshToken: 'first',
    expiresAt,
    scope: 'gatehouse:admin',
  };
  writeCredentials(shell.credentials, { current: server.url, signIns: { [server.url]: signIn } });
  return { ...server, shell, refreshes: () => refreshes };
}

const now = () => Math.floor(Date.now() / 1000);
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('F-D5 the stored sign-in', () => {
  test('is for its owner alone, even in a folder that was open', async () => {
    const { shell } = await homeOf(now() + 90_000);
    expect(modeOf(shell.credentials)).toBe('600');
    chmodSync(dirname(shell.credentials), 0o755);
    writeCredentials(shell.credentials, { signIns: {} });
    expect(modeOf(shell.credentials)).toBe('600');
    expect(modeOf(dirname(shell.credentials))).toBe('700');
  });

  test('is where XDG says, if that is a place', () => {
    expect(credentialsPath({ env: { XDG_CONFIG_HOME: '/x', HOME: '/h' } })).toBe('/x/gatehouse/credentials.json');
    expect(credentialsPath({ env: { XDG_CONFIG_HOME: 'x', HOME: '/h' } })).toBe(
      '/h/.config/gatehouse/credentials.json',
    );
    expect(credentialsPath({ env: { HOME: '/h' } })).toBe('/h/.config/gatehouse/credentials.json');
  });

  test('is used as it is while it lives', async () => {
    const { shell, refreshes } = await homeOf(now() + 90_000);
    expect(await shell.run('clients', 'list')).toMatchObject({ code: 0, notes: 'No clients.\n' });
    expect(refreshes()).toBe(0);
  });

  test('F-D5 ten processes at once refresh it once', async () => {
    const { shell, refreshes, asked } = await homeOf(now() + 5);
    const ended = await Promise.all(Array.from({ length: 10 }, () => shell.run('clients', 'list')));
    expect(ended.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(refreshes()).toBe(1);
    const sent = new URLSearchParams(asked.find(({ path }) => path === '/token')?.body);
    expect(Object.fromEntries(sent)).toMatchObject({ refresh_token: 'first', client_id: client });
    expect(sent.get('resource')).toMatch(/\/admin\/api$/);
    expect(Object.values(readCredentials(shell.credentials).signIns)).toMatchObject([
      { accessToken: 'fresh-1', refreshToken: 'next-1', scope: 'gatehouse:admin' },
    ]);
    expect(existsSync(`${shell.credentials}.lock`)).toBe(false);
  });

  test('F-D5 a token that the API does not take is refreshed once, not for ever', async () => {
    const { shell, refreshes } = await homeOf(now() + 3600);
    expect(await shell.run('clients', 'list')).toMatchObject({ code: 0, out: 'CLIENT ID\na\n' });
    expect(refreshes()).toBe(1);
  });

  test('that has ended says how to sign in again, and keeps nobody waiting', async () => {
    const { shell, url } = await homeOf(now() - 5, () => ({ status: 400, json: { error: 'invalid_grant' } }));
    expect(await shell.run('clients', 'list')).toEqual({
      code: 1,
      out: '',
      notes: `Your sign-in at ${url} has ended.\nSign in: gatehouse admin login --url ${url}\n`,
    });
    expect(existsSync(`${shell.credentials}.lock`)).toBe(false);
  });

  test('stays when the server cannot be asked', async () => {
    const { shell } = await homeOf(now() - 5, () => ({ status: 503, json: { error: 'temporarily_unavailable' } }));
    const before = readFileSync(shell.credentials, 'utf8');
    expect(await shell.run('clients', 'list')).toMatchObject({ code: 1, out: '' });
    expect(readFileSync(shell.credentials, 'utf8')).toBe(before);
  });

  test('a lock that a dead process left is broken', async () => {
    const { shell } = await homeOf(now() - 5);
    const lock = `${shell.credentials}.lock`;
    writeFileSync(lock, '');
    utimesSync(lock, now() - 120, now() - 120);
    expect(await shell.run('clients', 'list')).toMatchObject({ code: 0 });
  });

  test.each(['', '{', 'null', '[]', '{"signIns":3}', '{"signIns":null}'])(
    'a file that holds %j says what helps',
    async (text) => {
      const { shell } = await homeOf(now() + 90_000);
      mkdirSync(dirname(shell.credentials), { recursive: true });
      writeFileSync(shell.credentials, text);
      const { code, out, notes } = await shell.run('clients', 'list');
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(notes).toContain('Remove it and sign in again.');
    },
  );

  test('gatehouse admin logout ends it there and forgets it here', async () => {
    const { shell, asked, url } = await homeOf(now() + 90_000);
    expect(await shell.run('admin', 'logout')).toEqual({ code: 0, out: '', notes: `Signed out at ${url}.\n` });
    expect(new URLSearchParams(asked.at(-1)?.body).get('token')).toBe('first');
    expect(readCredentials(shell.credentials)).toEqual({ signIns: {} });
    expect(await shell.run('admin', 'logout')).toMatchObject({ code: 0, notes: `You were not signed in at ${url}.\n` });
    expect(await shell.run('clients', 'list')).toMatchObject({
      code: 1,
      notes: expect.stringContaining('You are not signed in') as string,
    });
  });
});
