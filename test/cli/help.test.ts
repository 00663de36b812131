import { describe, expect, test } from 'vitest';
import { kebab } from '../../cli/arguments/kebab.ts';
import { commands, topics } from '../../cli/commands/all-commands.ts';
import { adminOperations } from '../../lambdas/contract/admin/index.ts';
import type { AdminOperation } from '../../lambdas/contract/admin/operation.ts';
import { tell } from './told.ts';

const operations: readonly AdminOperation[] = adminOperations;

describe('F-D5 the table of operations is the command line', () => {
  test.each(operations)('$resource $verb --help tells its input, its key and what will happen', async (operation) => {
    const { code, out, notes } = await tell([operation.resource, operation.verb, '--help']);
    expect({ code, notes }).toEqual({ code: 0, notes: '' });
    expect(out).toContain(operation.summary);
    for (const { name } of operation.input) expect(out).toContain(`  --${kebab(name)}`);
    if (operation.path.includes('{key}')) expect(out).toMatch(/^Usage: gatehouse \S+ \S+ [A-Z]+/m);
    if (operation.answers === 'page') expect(out).toContain('--all');
    if (operation.warning === undefined) return;
    expect(out).toContain('--yes');
    expect(out.replace(/\s+/g, ' ')).toContain(operation.warning);
  });

  test('and nothing is in it twice', () => {
    const names = commands.map(({ words }) => words.join(' '));
    expect(new Set(names).size).toBe(names.length);
    for (const { words, flags } of commands) {
      const own = flags.map(({ name }) => name);
      expect(new Set(own).size, words.join(' ')).toBe(own.length);
    }
  });

  test('a flag takes a value everywhere or nowhere, or words could not be told from values', () => {
    const takes = new Map<string, boolean>();
    for (const { name, type } of commands.flatMap(({ flags }) => flags)) {
      const value = type !== 'flag';
      expect(takes.get(name) ?? value, name).toBe(value);
      takes.set(name, value);
    }
  });
});

describe('help', () => {
  test('of everything names every command and fits 100 columns', async () => {
    const { code, out } = await tell(['--help']);
    expect(code).toBe(0);
    for (const { words } of commands) for (const word of words) expect(out).toMatch(new RegExp(`\\b${word}\\b`));
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  test.each(topics)('of $word lists what is below', async ({ word }) => {
    const { code, out } = await tell([word, '--help']);
    expect(code).toBe(0);
    for (const { words } of commands.filter(({ words: [first] }) => first === word)) {
      expect(out).toMatch(new RegExp(`^  ${words[1]}\\b`, 'm'));
    }
  });

  test.each([[['help', 'clients', 'create']], [['clients', 'create', '-h']], [['--help', 'clients', 'create']]])(
    '%j is the same',
    async (words) => {
      expect(await tell(words)).toEqual(await tell(['clients', 'create', '--help']));
    },
  );

  test('is what an unfinished command gets, on stderr, with exit code 2', async () => {
    for (const words of [[], ['clients']]) {
      const { code, out, notes } = await tell(words);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(notes).toBe((await tell([...words, '--help'])).out);
    }
  });

  test('after -- is no flag', async () => {
    expect((await tell(['clients', 'get', '--url', 'http://localhost:1', '--', '--help'])).code).toBe(1);
  });

  test('--version says the version', async () => {
    expect(await tell(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });
});
