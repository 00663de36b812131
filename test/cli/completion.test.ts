import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commands } from '../../cli/commands/all-commands.ts';
import { tell } from './told.ts';

const scriptOf = async (shell: string) => (await tell(['completion', shell])).out;

/** What bash offers for the last word of a line. */
async function offered(line: string): Promise<readonly string[]> {
  const words = line.split(' ');
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const asked = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _gatehouse; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const answer = execFileSync('bash', ['-c', `${await scriptOf('bash')}\n${asked}`], { encoding: 'utf8' });
  return answer.split('\n').filter((word) => word !== '');
}

test.each([
  ['gatehouse cl', ['clients']],
  ['gatehouse clients re', ['revoke']],
  ['gatehouse help clients ro', ['rotate-secret']],
  ['gatehouse clients create --re', ['--redirect-uris']],
  ['gatehouse --url http://x clients list --k', ['--kind']],
  ['gatehouse clients list --kind d', ['dynamic']],
  ['gatehouse clients create --auth-method n', ['none']],
  ['gatehouse keys create --name list --expires 9', ['90d']],
  ['gatehouse completion ', ['bash', 'zsh', 'fish']],
  ['gatehouse clients get --url ', []],
  ['gatehouse clients get abc --j', ['--json']],
  ['gatehouse nonsense ', []],
])('F-D5 bash completes “%s”', async (line, words) => {
  expect(await offered(line)).toEqual(words);
});

test('F-D5 bash offers every command and every flag', async () => {
  expect(await offered('gatehouse ')).toEqual([...new Set([...commands.map(({ words: [first] }) => first), 'help'])]);
  for (const { words, flags } of commands) {
    const all = await offered(`gatehouse ${words.join(' ')} --`);
    expect(all, words.join(' ')).toEqual([...flags.map(({ name }) => `--${name}`), '--help']);
  }
});

test.each(['zsh', 'fish'])('F-D5 %s is told every command and every flag', async (shell) => {
  const script = await scriptOf(shell);
  for (const { words, flags } of commands) {
    for (const word of words) expect(script).toMatch(new RegExp(`\\b${word}\\b`));
    for (const { name } of flags) expect(script).toContain(shell === 'fish' ? `-l ${name} ` : `--${name}`);
  }
});

test('a hint cannot end a quote of fish', async () => {
  for (const line of (await scriptOf('fish')).split('\n').filter((each) => each.includes(' -d '))) {
    expect(line).toMatch(/ -d '(?:[^'\\]|\\['\\])*'$/);
  }
});
