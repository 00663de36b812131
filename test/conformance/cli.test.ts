import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { CommandLine } from '../rig/command-line.ts';
import { answerDevice } from '../rig/device-flow.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { Person } from '../rig/person.ts';

const { baseUrl, mcpUrls } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';

function shell(env: Readonly<Record<string, string>> = {}): CommandLine {
  const made = new CommandLine(env);
  onTestFinished(() => made.remove());
  return made;
}

/** A home in which somebody is signed in for administration. */
async function signedIn(name: string): Promise<CommandLine> {
  const home = shell();
  const { code, notes } = await home.signIn(['admin', 'login', '--url', baseUrl], new Person(name));
  expect(code, notes).toBe(0);
  return home;
}

describe('F-B7 gatehouse login', () => {
  test('signs a person in through a browser and prints a token that calls a tool, and nothing else', async () => {
    const person = new Person();
    const { code, out, notes } = await shell().signIn(['login', mcpUrl], person);
    expect(code, notes).toBe(0);
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(decodeJwt(out.trim())).toMatchObject({ aud: mcpUrl, scope: 'todo:read todo:write' });
    expect((await callMcp(mcpUrl, out.trim())).status).toBe(200);
    expect(notes).not.toContain(out.trim());
  });

  test('--scope narrows, --json is the whole answer', async () => {
    const { out } = await shell().signIn(['login', mcpUrl, '--scope', 'todo:read', '--json']);
    expect(JSON.parse(out)).toMatchObject({ token_type: 'bearer', scope: 'todo:read', expires_in: 3600 });
  });

  test('is one client, however often and at whatever port it listens', async () => {
    const clients = await Promise.all(
      [1, 2].map(async () => decodeJwt((await shell().signIn(['login', mcpUrl])).out.trim())['client_id']),
    );
    expect(clients[0]).toBe(clients[1]);
  });

  test('--device: the person answers elsewhere', async () => {
    const command = shell().start('login', '--device', mcpUrl);
    onTestFinished(() => command.stop());
    const [, complete = ''] = await command.waitFor(/filled in: (http\S+)/);
    expect((await command.waitFor(/^ {2}([A-Z]{4}-[A-Z]{4})$/m))[1]).toBeDefined();
    await answerDevice(complete);
    const { code, out } = await command.ended;
    expect(code).toBe(0);
    expect((await callMcp(mcpUrl, out.trim())).status).toBe(200);
  });

  test.each([
    ['in the browser', (home: CommandLine) => home.signIn(['login', mcpUrl], new Person(), 'deny')],
    [
      'on the device',
      async (home: CommandLine) => {
        const command = home.start('login', '--device', mcpUrl);
        onTestFinished(() => command.stop());
        const [, complete = ''] = await command.waitFor(/filled in: (http\S+)/);
        await answerDevice(complete, 'deny');
        return command.ended;
      },
    ],
  ])('somebody says no %s: exit code 1, what happened, nothing on stdout', async (_where, walk) => {
    const { code, out, notes } = await walk(shell());
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(notes).toContain('The authorization server answers access_denied');
  });

  test('a scope that there is not', async () => {
    const { code, notes } = await shell().run('login', '--device', mcpUrl, '--scope', 'nonsense');
    expect(code).toBe(1);
    expect(notes).toContain('invalid_scope: ');
    expect(notes).toContain('Look at --scope.');
  });

  test('Ctrl+C ends it at once with 130', async () => {
    for (const words of [['--no-browser', '--port', '0'], ['--device']]) {
      const command = shell().start('login', mcpUrl, ...words);
      await command.waitFor(/http:\S+\/(?:authorize|device)/);
      const pressed = performance.now();
      command.stop('SIGINT');
      expect(await command.ended).toMatchObject({ code: 130, out: '' });
      expect(performance.now() - pressed).toBeLessThan(3000);
    }
  });
});

describe('F-D5 gatehouse as an administrator', () => {
  test('signs in, lists clients page by page, and leaves', async () => {
    const home = await signedIn('admin');
    const { out, notes } = await home.run('clients', 'list', '--limit', '1');
    expect(out).toMatch(/^CLIENT ID +NAME +KIND +REGISTERED/);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    expect(notes).toMatch(/^There is more: --all, or --cursor \S+\n$/);
    const cursor = /--cursor (\S+)/.exec(notes)?.[1] ?? '';
    const next = JSON.parse((await home.run('clients', 'list', '--limit', '1', '--cursor', cursor, '--json')).out) as {
      items: { client: string }[];
    };
    expect(out).not.toContain(next.items[0]?.client);
    expect(await home.run('admin', 'logout')).toMatchObject({ code: 0 });
    expect(await home.run('clients', 'list', '--url', baseUrl)).toMatchObject({ code: 1, out: '' });
  });

  test('who is no administrator is told so', async () => {
    const { code, out, notes } = await shell().signIn(['admin', 'login', '--url', baseUrl], new Person());
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(notes).toContain('access_denied: this account may not administer here');
  });

  test('who may only read gets that, and no more', async () => {
    const home = shell();
    const { notes } = await home.signIn(['admin', 'login', '--url', baseUrl], new Person('auditor'));
    expect(notes).toContain('you may read.');
    expect(await home.run('servers', 'list')).toMatchObject({ code: 0 });
    const refused = await home.run('clients', 'create', '--client-name', 'Not mine', '--scopes', 'todo:read');
    expect(refused).toMatchObject({ code: 1, out: '' });
  });

  test('registers a machine, changes it, is told what is wrong at the flag, and deletes it', async () => {
    const home = await signedIn('admin');
    const name = `Billing ${Date.now()}`;
    const wrong = await home.run('clients', 'create', '--client-name', name, '--scopes', 'nonsense');
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.notes).toContain('--scopes: nonsense is no scope');

    const made = await home.run('clients', 'create', '--client-name', name, '--scopes', 'todo:read');
    expect(made.code, made.notes).toBe(0);
    const client = /^Client id +(\S+)$/m.exec(made.notes)?.[1] ?? '';
    const token = await fetch(`${baseUrl}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client}:${made.out.trim()}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: mcpUrl }),
    });
    expect(token.status).toBe(200);

    const changed = await home.run('clients', 'update', client, '--client-name', `${name} new`, '--json');
    expect(changed.code, changed.notes).toBe(0);
    expect(JSON.parse(changed.out)).toMatchObject({ clientName: `${name} new`, scopes: ['todo:read'] });
    const late = await home.run('clients', 'update', client, '--client-name', 'Late', '--version', '0');
    expect(late).toMatchObject({ code: 1, out: '' });

    expect(await home.run('clients', 'delete', client)).toMatchObject({ code: 2, out: '' });
    expect(await home.run('clients', 'get', client)).toMatchObject({ code: 0 });
    expect(await home.run('clients', 'delete', client, '--yes')).toMatchObject({ code: 0 });
    expect(await home.run('clients', 'get', client)).toMatchObject({ code: 1, out: '' });
  });

  test('GATEHOUSE_TOKEN does without a stored sign-in', async () => {
    const home = await signedIn('admin');
    const { signIns } = JSON.parse(readFileSync(home.credentials, 'utf8')) as {
      signIns: Record<string, { accessToken: string }>;
    };
    const token = signIns[baseUrl]?.accessToken ?? '';
    const other = shell({ GATEHOUSE_TOKEN: token, GATEHOUSE_URL: baseUrl });
    expect(await other.run('clients', 'list', '--limit', '1')).toMatchObject({ code: 0 });
    const wrong = shell({ GATEHOUSE_TOKEN: `${token}x`, GATEHOUSE_URL: baseUrl });
    expect(await wrong.run('clients', 'list')).toMatchObject({ code: 1, out: '' });
  });
});
