import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mintCode, mintRefreshToken, readCode, readRefreshToken } from '../../../lambdas/core/tokens/handle.ts';
import { refusal } from '../fixtures.ts';

const pepper = Buffer.alloc(32, 7);
const sixteen = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
const handle = { gid: 'g'.repeat(22), salt: 's'.repeat(22) };

test('D5 what is minted is read back', () => {
  fc.assert(
    fc.property(sixteen, sixteen, fc.integer({ min: 1, max: 999_999_999 }), (gid, salt, generation) => {
      expect(readCode(pepper, mintCode(pepper, { gid, salt }))).toEqual({ gid, salt });
      const refresh = { gid, salt, generation };
      expect(readRefreshToken(pepper, mintRefreshToken(pepper, refresh))).toEqual(refresh);
    }),
  );
});

test('D5 a changed character anywhere makes it invalid', async () => {
  const token = mintRefreshToken(pepper, { ...handle, generation: 12 });
  const alphabet = 'abcXYZ019-_.';
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...alphabet), async (at, character) => {
      fc.pre(token[at] !== character);
      const forged = `${token.slice(0, at)}${character}${token.slice(at + 1)}`;
      expect((await refusal(() => readRefreshToken(pepper, forged))).code).toBe('invalid_grant');
    }),
  );
});

describe('D5 forgeries', () => {
  const code = mintCode(pepper, handle);
  const refresh = mintRefreshToken(pepper, { ...handle, generation: 1 });
  test.each([
    ['nothing', ''],
    ['another word', 'hello'],
    ['a code of another pepper', mintCode(Buffer.alloc(32, 8), handle)],
    ['a refresh token', refresh],
    ['a refresh token dressed as a code', `gc_${handle.gid}.${handle.salt}.${refresh.split('.').at(-1) ?? ''}`],
    ['a code with a tail', `${code}x`],
    ['a code with a line break', `${code}\n`],
  ])('%s is no code', async (_name, text) => {
    expect((await refusal(() => readCode(pepper, text))).code).toBe('invalid_grant');
  });
  test.each([
    ['a code', code],
    ['generation 0', refresh.replace('.1.', '.0.')],
    ['the next generation under this mac', refresh.replace('.1.', '.2.')],
    ['a padded generation', refresh.replace('.1.', '.01.')],
    ['a generation beyond any', refresh.replace('.1.', '.9999999999.')],
  ])('%s is no refresh token', async (_name, text) => {
    expect((await refusal(() => readRefreshToken(pepper, text))).code).toBe('invalid_grant');
  });
});
