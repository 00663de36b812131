import { expect, test } from 'vitest';
import { newUserCode, shownUserCode, typedUserCode } from '../../../lambdas/core/device/user-code.ts';
import { seededEntropy } from '../fixtures.ts';

test('RFC 8628 §6.1 a user code is eight consonants, shown in two groups', () => {
  const entropy = seededEntropy('user codes');
  for (let n = 0; n < 500; n += 1) {
    const code = newUserCode(entropy);
    expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
    expect(shownUserCode(code)).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
  }
});

test('no letter is likelier than another', () => {
  const entropy = seededEntropy('fair letters');
  const counts = new Map<string, number>();
  for (let n = 0; n < 5000; n += 1) {
    for (const letter of newUserCode(entropy)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  expect(counts.size).toBe(20);
  for (const count of counts.values()) expect(Math.abs(count - 2000)).toBeLessThan(200);
});

test('bytes that would make some letters likelier are thrown away', () => {
  const bytes = [Buffer.alloc(16, 255), Buffer.from([0, 19, 20, 239, 240, 1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0])];
  const code = newUserCode({ token: () => bytes.shift()!.toString('base64url') });
  expect(code).toBe('BZBZCDFG');
});

test.each([
  'BCDF-GHJK',
  'bcdf-ghjk',
  'bcdfghjk',
  ' bcdf ghjk ',
  'b c d f g h j k',
  'BCDF–GHJK',
  'bcdf_ghjk',
  'BCDF.GHJK',
])('RFC 8628 §6.1 what a person types is understood: %j', (typed) => expect(typedUserCode(typed)).toBe('BCDFGHJK'));

test.each(['', 'BCDF-GHJ', 'BCDF-GHJKL', 'ABCD-EFGH', '1234-5678', 'BCDF-GHJK<script>', 'ＢＣＤＦＧＨＪＫ'])(
  'what can be no code is not looked up: %j',
  (typed) => expect(typedUserCode(typed)).toBeUndefined(),
);
