import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../lambdas/core/api-keys/crc32.ts';
import { keyPrefix, readKeyText, writeKeyText } from '../../../lambdas/core/api-keys/key-text.ts';
import type { Stage } from '../../../lambdas/core/api-keys/key-text.ts';
import { holdProperty } from '../../rig/hold-property.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const keys = fc
  .record({ stage: fc.constantFrom<Stage>('development', 'production'), id: bytes(12), secret: bytes(32) })
  .map(({ stage, id, secret }) => ({ stage, ...writeKeyText(stage, id, secret) }));

/** As docs/decisions/0022 gives it to secret scanners. */
const scanner = /\bgh_(?:dev|prod)_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}\b/;

describe('F-B2 the form of an API key', () => {
  test('what is written can be read, and a scanner finds it in any text', async () => {
    await holdProperty(
      fc.record({
        key: keys,
        before: fc.constantFrom('', ' ', '"', '=', '\n', 'key: '),
        after: fc.constantFrom('', '"', '.', ' '),
      }),
      ({ key, before, after }) => {
        expect(readKeyText(key.text)).toEqual({ stage: key.stage, keyId: key.keyId });
        expect(scanner.exec(`${before}${key.text}${after}`)?.[0]).toBe(key.text);
        expect(key.text.startsWith(`${keyPrefix(key.stage, key.keyId)}_`)).toBe(true);
      },
      { runs: 500, seconds: 3 },
    );
  });

  test('other bytes are another key', async () => {
    await holdProperty(
      fc.tuple(bytes(32), bytes(32)).filter(([a, b]) => Buffer.compare(a, b) !== 0),
      ([a, b]) => {
        const id = new Uint8Array(12);
        expect(writeKeyText('production', id, a).text).not.toBe(writeKeyText('production', id, b).text);
      },
      { runs: 300, seconds: 2 },
    );
  });

  test('a typo anywhere is found without asking anybody', async () => {
    await holdProperty(
      fc.record({ key: keys, at: fc.nat(), letter: fc.constantFrom(...'09AZaz_-. é') }),
      ({ key, at, letter }) => {
        const index = at % key.text.length;
        const mistyped = `${key.text.slice(0, index)}${letter}${key.text.slice(index + 1)}`;
        if (mistyped !== key.text) expect(readKeyText(mistyped)).toBeUndefined();
      },
      { runs: 2000, seconds: 4 },
    );
  });

  test('so are two letters that changed places, and a key that was cut or grew', async () => {
    await holdProperty(
      fc.record({ key: keys, at: fc.nat() }),
      ({ key: { text }, at }) => {
        const index = at % (text.length - 1);
        const [a = '', b = ''] = [text[index], text[index + 1]];
        const swapped = `${text.slice(0, index)}${b}${a}${text.slice(index + 2)}`;
        if (swapped !== text) expect(readKeyText(swapped)).toBeUndefined();
        expect(readKeyText(text.slice(0, index))).toBeUndefined();
        expect(readKeyText(`${text}0`)).toBeUndefined();
        expect(readKeyText(` ${text}`)).toBeUndefined();
        expect(readKeyText(`${text}\n`)).toBeUndefined();
      },
      { runs: 1000, seconds: 3 },
    );
  });

  test.each(['', 'gh_', 'gh_dev_', 'gh_test_0000000000000000_0', 'eyJ.a.b', 'x'.repeat(100_000)])(
    'what is no key is none: %#',
    (text) => expect(readKeyText(text)).toBeUndefined(),
  );

  test('too little randomness makes no key', () => {
    expect(() => writeKeyText('production', new Uint8Array(11), new Uint8Array(32))).toThrow('too few bytes');
    expect(() => writeKeyText('production', new Uint8Array(12), new Uint8Array(31))).toThrow('too few bytes');
  });

  test('the checksum is the one that everybody knows', async () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
    await holdProperty(
      fc.string({ unit: fc.constantFrom(...'gh_devprod0189AZaz') }),
      (text) => expect(crc32(text)).toBe(zlibCrc32(text)),
      { runs: 300, seconds: 2 },
    );
  });
});
