import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWithin, pathNarrowing, pathProblem, pathsProblem } from '../../lambdas/core/resource/path-narrowing.ts';
import { hostileText } from '../fuzz/hostile.ts';
import { holdProperty } from '../rig/hold-property.ts';

const acme = ['workspace/acme/project/x', 'workspace/zeta'];

describe('F-B1 F-E5 what lies within the paths of a credential', () => {
  test.each([
    'workspace/acme/project/x',
    'workspace/acme/project/x/folder',
    'workspace/acme/project/x/folder/ä ö.txt',
    'workspace/zeta/...',
  ])('%s is within', (path) => expect(isWithin(acme, path)).toBe(true));

  test.each([
    'workspace/acme/project',
    'workspace/acme/project/xy',
    'workspace/acme/project/x2/folder',
    'workspace/ACME/project/x',
    'workspace/zeta/../acme',
    'workspace/zeta/./a',
    'workspace/zeta//a',
    'workspace/zeta/',
    '/workspace/zeta',
    ' workspace/zeta',
    'workspace/zeta/ ../a',
    'workspace\\zeta',
    'workspace/zeta/..\\..\\acme',
    'workspace/zeta/%2e%2e/acme',
    'workspace/zeta/a%2Fb',
    'workspace/zeta/a%5c',
    'workspace/zeta/a\0',
    'workspace/zeta/a\n',
    'workspace/zeta/\ud800',
    `workspace/zeta/${'a'.repeat(512)}`,
    '',
  ])('%j is not', (path) => expect(isWithin(acme, path)).toBe(false));

  test('whatever is asked, what is within begins with an allowed path and has no way up', async () => {
    const segment = fc.oneof(hostileText, fc.constantFrom('workspace', 'zeta', 'acme', '..', '.', '', '%2e%2e'));
    const path = fc.array(segment, { maxLength: 6 }).map((segments) => segments.join('/'));
    await holdProperty(
      path,
      (asked) => {
        if (!isWithin(acme, asked)) return;
        expect(acme.some((above) => asked === above || asked.startsWith(`${above}/`))).toBe(true);
        // As a file system and as a URL would go.
        const { pathname } = new URL(`http://h/${asked.split('/').map(encodeURIComponent).join('/')}`);
        expect(decodeURIComponent(pathname.slice(1))).toBe(asked);
        expect(asked.split('/')).not.toContain('..');
      },
      { runs: 2000, seconds: 4 },
    );
  });

  test('what is not narrowed may touch everything; narrowed to nothing, nothing', () => {
    expect(pathNarrowing(undefined).allows('/any/../thing')).toBe(true);
    expect(pathNarrowing([]).allows('workspace')).toBe(false);
    expect(pathNarrowing(acme)).toMatchObject({ paths: acme });
  });
});

describe('paths that no credential can have', () => {
  test.each([
    '',
    '/',
    'a/',
    '/a',
    'a//b',
    'a/../b',
    '.',
    'a/ /b',
    'a\tb',
    'a\u2028b',
    'a\\b',
    'a/%2E%2e',
    'x'.repeat(513),
  ])('%j', (path) => expect(pathProblem(path)).toBeTypeOf('string'));

  test.each(['a', 'a b/c', 'workspace/acme', 'ü/日本', '100%/b', 'a/...', 'x'.repeat(512)])('%j is one', (path) =>
    expect(pathProblem(path)).toBeUndefined(),
  );

  test('too many, or too long together', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);
    expect(pathsProblem(many(20))).toBeUndefined();
    expect(pathsProblem(many(21))).toContain('20');
    expect(pathsProblem(Array.from({ length: 9 }, (_, index) => `${index}${'x'.repeat(500)}`))).toContain('4096');
    expect(pathsProblem(['a', 'b/../c'])).toMatch(/^path 2 /);
  });
});
