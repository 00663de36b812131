import { expect, test } from 'vitest';
import { testTitles } from './rig/test-titles.ts';

function range(prefix: string, from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${prefix}-${String(from + index).padStart(2, '0')}`);
}

/** What must be observable on the wire: one id a row, as the names of the tests spell it. */
const requirements = [
  // Authorization server: discovery, registration, authorization endpoint, token endpoint
  ...range('AS', 1, 10),
  ...range('AS', 20, 35),
  ...range('AS', 40, 54),
  ...range('AS', 60, 73),
  // Protected resource and MCP transport
  ...range('RS', 1, 12),
  ...range('MS', 1, 12),
  // Extensions
  'X-CC',
  'X-EMA1',
  'X-EMA2',
  'X-EMA3',
  'X-DPOP1',
  'X-DPOP2',
  'X-WIF',
] as const;

/** What is deliberately not built, and why. */
const left: Readonly<Record<string, string>> = {
  'X-WIF': 'SEP-1933 is a draft that disagrees with its own test suite about the audience; jwt-bearer is ready for it',
};

const titles = testTitles();

test.each(requirements.filter((id) => !(id in left)))('%s is named by a test', (id) => {
  const named = titles.filter(({ title }) => new RegExp(`${id}(?!\\d)`).test(title));
  expect(named.length).toBeGreaterThan(0);
});

test('what is left out is not built', () => {
  for (const id of Object.keys(left)) {
    expect(requirements).toContain(id);
    expect(titles.filter(({ title }) => title.includes(id))).toEqual([]);
  }
});
