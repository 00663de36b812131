import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testTitles } from './rig/test-titles.ts';

const root = new URL('../', import.meta.url);
const text = readFileSync(new URL('docs/threat-model.md', root), 'utf8');

/** Rows of the tables, without their heads: attack, rule, test. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line))
  .map((line) => line.slice(1, -1).split('|'))
  .map((cells) => cells.map((cell) => cell.trim()))
  .filter(([attack]) => attack !== 'Attack');

const titles = testTitles();

/** The tests that a cell names: a file in backticks, then the name of a test in it in curly quotes, or several. */
function testsIn(cell: string): readonly { readonly file: string; readonly title: string }[] {
  return [...cell.matchAll(/`([\w./-]+\.test\.ts)`((?:\s*“[^”]+”,?)+)/g)].flatMap(([, file = '', names = '']) =>
    [...names.matchAll(/“([^”]+)”/g)].map(([, title = '']) => ({ file: `test/${file}`, title })),
  );
}

test('the threat model has its attacks', () => {
  expect(rows.length).toBeGreaterThan(60);
  for (const row of rows) expect(row, row[0]).toHaveLength(3);
});

test.each(rows)('%s: its rule stands in the code, its tests exist', (_attack, rule = '', cell = '') => {
  const places = [...rule.matchAll(/`([\w/-]+\.ts)`/g)].map(([, path = '']) => path);
  expect(places.length, 'the rule says where it stands').toBeGreaterThan(0);
  for (const path of places) expect(existsSync(new URL(path, root)), path).toBe(true);
  const named = testsIn(cell);
  expect(named.length, 'the row names a test').toBeGreaterThan(0);
  // Nothing that looks like the name of a test is passed over.
  expect(named).toHaveLength([...cell.matchAll(/“/g)].length);
  for (const one of named) expect(titles, `${one.file}: ${one.title}`).toContainEqual(one);
});
