import { describe, expect, test } from 'vitest';
import { closest } from '../../cli/arguments/closest.ts';
import { parseArguments } from '../../cli/arguments/parse-arguments.ts';
import { UsageError } from '../../cli/errors.ts';
import { tell } from './told.ts';

const flags = [
  { name: 'client-name', type: 'text', about: 'Name.' },
  { name: 'scopes', type: 'texts', about: 'Scopes.' },
  { name: 'hours', type: 'integer', about: 'Hours.' },
  { name: 'kind', type: 'choice', choices: ['a', 'b'], about: 'Kind.' },
  { name: 'yes', type: 'flag', about: 'Yes.' },
] as const;

describe('F-D5 flags', () => {
  test('of every type, before and after words, with = and repeated', () => {
    const typed = [
      '--yes',
      'one',
      '--client-name=-x',
      '--scopes',
      'a',
      '--scopes=b',
      '--hours',
      '3',
      '--kind',
      'b',
      'two',
    ];
    expect(parseArguments(typed, flags)).toEqual({
      words: ['one', 'two'],
      flags: { yes: true, 'client-name': '-x', scopes: ['a', 'b'], hours: 3, kind: 'b' },
    });
  });

  test('-- ends them; an empty text empties a list', () => {
    expect(parseArguments(['--scopes', '', '--', '--yes'], flags)).toEqual({ words: ['--yes'], flags: { scopes: [] } });
  });

  test.each([
    [['--scopess', 'a'], 'There is no --scopess here. Do you mean --scopes?'],
    [['-y'], 'There is no -y here.'],
    [['-yes'], 'There is no -y here.'],
    [['--client-name'], '--client-name needs a value.'],
    [['--client-name', '--yes'], '--client-name needs a value.'],
    [['--yes=no'], '--yes takes no value.'],
    [['--hours', 'many'], '--hours must be a whole number.'],
    [['--hours', '-1'], '--hours needs a value.'],
    [['--hours', '9999999999999999'], '--hours must be a whole number.'],
    [['--kind', 'c'], '--kind must be one of: a, b.'],
    [['--kind', 'a', '--kind', 'b'], '--kind may be given once only.'],
    [['--__proto__', 'x'], 'There is no --__proto__ here.'],
  ])('%j is refused with what helps', (typed, message) => {
    expect(() => parseArguments(typed, flags)).toThrow(UsageError);
    expect(() => parseArguments(typed, flags)).toThrow(message);
  });

  test.each([
    ['craete', 'create'],
    ['lst', 'list'],
    ['rev', 'revoke'],
    ['zzzzzz', undefined],
    ['x', undefined],
  ])('%s was probably %s', (word, meant) => {
    expect(closest(word, ['create', 'list', 'revoke'])).toBe(meant);
  });
});

describe('F-D5 commands: exit code 2 and one line for what is wrongly typed', () => {
  test.each([
    [['frobnicate'], 'There is no command frobnicate.'],
    [['client', 'list'], 'Do you mean clients?'],
    [['clients', 'craete'], 'Do you mean create? It knows: list, get, create'],
    [['--ulr', 'http://localhost', 'clients', 'list'], 'There is no --ulr here. Do you mean --url?'],
    [['clients', 'get'], 'CLIENT is missing. Client id, as lists show it.'],
    [['clients', 'list', 'more'], 'clients list does not know what to do with more.'],
    [['clients', 'get', 'a', 'b'], 'clients get does not know what to do with b.'],
    [['clients', 'create'], '--client-name is missing.'],
    [['clients', 'list', '--kind', 'wild'], '--kind must be one of: metadata-document, dynamic, pre-registered.'],
    [['clients', 'list', '--owner', 'x'], 'There is no --owner here.'],
    [['clients', 'list'], 'Which Gatehouse? Give --url'],
    [['clients', 'list', '--url', 'nonsense'], '--url must be a URL'],
    [
      ['clients', 'list', '--url', 'http://example.com'],
      '--url must begin with https: a token would travel in the clear.',
    ],
    [['clients', 'list', '--url', 'https://user:pass@example.com'], '--url must have no user'],
    [['login', 'ftp://example.com/mcp'], 'URL must be a URL'],
    [['login', 'http://localhost/mcp', '--port', '70000'], '--port must be a port'],
    [['login', 'http://localhost/mcp', '--timeout', '0'], '--timeout must be 1 to 86400 seconds.'],
    [['completion', 'tcsh'], 'SHELL must be one of: bash, zsh, fish.'],
    [['clients', 'create', '--client-name', '\u001b[31mx\u001b[0m', 'stray\u001b[2J'], 'with stray\\u001b[2J.'],
  ])('%j', async (words, message) => {
    const { code, out, notes } = await tell(words);
    expect(notes).toContain(message);
    expect(notes.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('a flag may stand before the command', async () => {
    const { code, notes } = await tell(['--url', 'http://localhost:1', 'clients', 'list']);
    expect({ code, notes }).toMatchObject({
      code: 1,
      notes: expect.stringContaining('You are not signed in') as string,
    });
  });

  test('GATEHOUSE_URL is judged like --url', async () => {
    const { code, notes } = await tell(['clients', 'list'], {
      env: { HOME: '/nowhere', GATEHOUSE_URL: 'http://example.com' },
    });
    expect(notes).toContain('GATEHOUSE_URL must begin with https');
    expect(code).toBe(2);
  });
});
