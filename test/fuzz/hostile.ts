import fc from 'fast-check';

/** Pieces that parsers stumble over. */
export const traps: readonly string[] = [
  '',
  ' ',
  '\t',
  '\r\n',
  '\0',
  '%',
  '%2',
  '%00',
  '%0d%0a',
  '%ff',
  '%2e%2e%2f',
  '+',
  '&',
  '=',
  '?',
  '#',
  '@',
  '\\',
  '//',
  '/../',
  ':',
  ':0',
  ':65536',
  '[::1]',
  '.',
  '"',
  "'",
  '<script>',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'null',
  'undefined',
  'NaN',
  '1e400',
  '\ud800',
  '\u202e',
  '\u2028',
  'ſ',
  'K',
  'ı',
  '．',
  '😀',
  '=?base64?',
  'eyJhbGciOiJub25lIn0',
];

/** Any text: short, broken, long, or made of traps. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc.array(fc.constantFrom(...traps), { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.tuple(fc.constantFrom(...traps), fc.nat({ max: 3000 })).map(([piece, times]) => piece.repeat(times)),
);

/** A valid text with something put in, cut out, doubled, or spelled in another way. */
export function mutated(valid: string): fc.Arbitrary<string> {
  const at = fc.nat({ max: valid.length });
  const piece = fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary', maxLength: 3 }));
  return fc.oneof(
    fc.tuple(at, piece).map(([from, text]) => valid.slice(0, from) + text + valid.slice(from)),
    fc.tuple(at, fc.integer({ min: 1, max: 4 })).map(([from, size]) => valid.slice(0, from) + valid.slice(from + size)),
    fc.tuple(at, piece).map(([from, text]) => valid.slice(0, from) + text + valid.slice(from + 1)),
    fc.tuple(at, at).map(([from, to]) => valid + valid.slice(Math.min(from, to), Math.max(from, to))),
    at.map((from) => valid.slice(0, from) + (valid[from] ?? '').toUpperCase() + valid.slice(from + 1)),
    at.map((from) => `${valid.slice(0, from)}%${(valid.charCodeAt(from) || 0).toString(16)}${valid.slice(from + 1)}`),
  );
}

/** JSON of every shape, with the numbers, names and depths that do not survive everywhere. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(null, [], {}, 1e308, -0, 5e-324, 2 ** 60, '\ud800', [[]], { ['']: 1 }, true),
  fc.nat({ max: 40 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth) || 'null') as unknown),
  hostileText,
);
