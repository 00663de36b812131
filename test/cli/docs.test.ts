import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { commandLinePage } from '../../docs/command-line.ts';

test('docs/command-line.md says what the commands are; `npm run docs` renews it', async () => {
  const file = new URL('../../docs/command-line.md', import.meta.url);
  const page = await format(commandLinePage(), { ...(await resolveConfig(file)), parser: 'markdown' });
  expect(readFileSync(file, 'utf8')).toBe(page);
});
