import fc from 'fast-check';
import { Hono } from 'hono/tiny';
import { describe, expect, test } from 'vitest';
import { basic } from '../../lambdas/core/client-auth/basic.ts';
import { parameter, parameterValues } from '../../lambdas/core/parameters.ts';
import { splitScope } from '../../lambdas/core/split-scope.ts';
import { bearerToken } from '../../lambdas/http/guard/bearer-token.ts';
import { calledTool } from '../../lambdas/core/resource/called-tool.ts';
import { readCredential } from '../../lambdas/http/guard/credential.ts';
import { readForm, readQuery } from '../../lambdas/http/read-params.ts';
import { form, issuer } from '../core/fixtures.ts';
import { holdProperty } from '../rig/hold-property.ts';
import { hostileText, mutated } from './hostile.ts';
import { accepted, judged } from './judged.ts';

const terms = { runs: 500, seconds: 1 };

/** What a parser of requests makes of a request; what it throws comes back out of Hono as it is. */
async function through(path: string, body?: string): Promise<[string, string][]> {
  const app = new Hono();
  let outcome: { readonly params: URLSearchParams } | { readonly error: unknown } | undefined;
  app.all('*', async (context) => {
    try {
      outcome = { params: body === undefined ? readQuery(context) : await readForm(context) };
    } catch (error) {
      outcome = { error };
    }
    return context.body(null);
  });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  await app.request(path, body === undefined ? {} : { method: 'POST', body, headers });
  if (outcome && 'params' in outcome) return [...outcome.params];
  throw outcome?.error;
}

describe('AS-44 AS-60 forms and queries', () => {
  const pairs = fc.array(fc.tuple(hostileText, hostileText), { maxLength: 5 });

  test('whatever was encoded well comes back as it was, repeats included', async () => {
    await holdProperty(
      pairs,
      async (given) => {
        const wellFormed = given.map(
          ([name, value]) => [name.toWellFormed(), value.toWellFormed()] as [string, string],
        );
        const body = new URLSearchParams(wellFormed).toString();
        if (body.length > 60_000) return;
        expect(await through('/', body)).toEqual(wellFormed);
        expect(await through(`/?${body}`)).toEqual(wellFormed);
      },
      terms,
    );
  });

  test('whatever was not is refused, never repaired', async () => {
    const bodies = fc.oneof(mutated('grant_type=authorization_code&code=%C3%A9%20x'), hostileText);
    await holdProperty(
      bodies,
      async (body) => {
        const params = await accepted(() => through('/', body));
        if (params === undefined) return;
        const again = new URLSearchParams(params).toString();
        // No replacement character that was not sent.
        const sent = body.toWellFormed().includes('\ufffd') || /%ef%bf%bd/i.test(body);
        expect(again.includes('%EF%BF%BD')).toBe(sent);
      },
      terms,
    );
  });

  test('bytes that are not UTF-8 are refused', async () => {
    await holdProperty(
      fc.uint8Array({ minLength: 1, maxLength: 30 }),
      async (bytes) => {
        const app = new Hono();
        let params: URLSearchParams | undefined;
        app.post('/', async (context) => {
          params = await accepted(() => readForm(context));
          return context.body(null);
        });
        const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
        await app.request('/', { method: 'POST', body: bytes, headers });
        const text = new TextDecoder().decode(bytes);
        if (params && text.includes('\ufffd')) expect(Buffer.from(text)).toEqual(Buffer.from(bytes));
      },
      terms,
    );
  });

  test('a parameter is read once, without control characters, and never cut', async () => {
    await holdProperty(
      fc.tuple(
        fc.constantFrom('state', 'scope', 'code', 'nonce', '__proto__'),
        fc.array(hostileText, { maxLength: 3 }),
      ),
      async ([name, values]) => {
        const params = new URLSearchParams(values.map((value) => [name, value]));
        const one = await judged(() => parameter(params, name));
        if (values.length > 1) expect(one).toHaveProperty('refusal.code', 'invalid_request');
        if ('value' in one && one.value !== undefined) {
          expect([one.value]).toEqual(values.map((value) => value.toWellFormed()));
          // eslint-disable-next-line no-control-regex -- none may come through
          expect(one.value).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        }
        const many = await accepted(() => parameterValues(params, name));
        if (many) expect(new Set(many).size).toBe(many.length);
      },
      terms,
    );
  });

  test('AS-48 a scope has no empty names, no doubles and no offline_access', async () => {
    await holdProperty(
      fc.oneof(mutated('todos:read  offline_access todos:write'), hostileText),
      (scope) => {
        const names = splitScope(scope);
        expect(new Set(names).size).toBe(names.length);
        expect(names.join(' ').split(' ')).toEqual(names.length === 0 ? [''] : names);
        expect(names).not.toContain('offline_access');
      },
      terms,
    );
  });
});

describe('AS-70 RS-06 credentials in headers', () => {
  const encoded = Buffer.from('client%3A1:sec%2Bret').toString('base64');

  test('Basic gives id and secret as they were encoded, or invalid_client', async () => {
    await holdProperty(
      fc.tuple(hostileText, hostileText),
      async ([id, secret]) => {
        const pair = [id, secret]
          .map((half) => encodeURIComponent(half.toWellFormed()).replaceAll('%20', '+'))
          .join(':');
        const authorizationHeader = `Basic ${Buffer.from(pair).toString('base64')}`;
        const read = await judged(() => basic.read({ authorizationHeader, params: form({}) }, { issuer, now: 0 }));
        if (id === '') expect(read).toHaveProperty('refusal.code', 'invalid_client');
        else expect(read).toEqual({ value: { clientId: id.toWellFormed(), secret: secret.toWellFormed() } });
      },
      terms,
    );
    await holdProperty(
      fc.oneof(mutated(`Basic ${encoded}`), hostileText),
      async (authorizationHeader) => {
        const read = await judged(() => basic.read({ authorizationHeader, params: form({}) }, { issuer, now: 0 }));
        if ('refusal' in read) expect(read.refusal.code).toBe('invalid_client');
      },
      terms,
    );
  });

  test('a token is read from one well-formed header only', async () => {
    await holdProperty(
      fc.array(fc.oneof(mutated('Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln'), hostileText), { maxLength: 2 }),
      (values) => {
        for (const credential of [readCredential(values), bearerToken(values)]) {
          if (!('token' in credential)) continue;
          expect(values).toHaveLength(1);
          expect(values[0]).toContain(credential.token);
          expect(credential.token).toMatch(/^[\w\-.~+/]+=*$/);
        }
      },
      terms,
    );
  });

  test('MS-03 the called tool is plain or well encoded, and never half of it', async () => {
    const name = (text: string) => `=?base64?${Buffer.from(text.toWellFormed()).toString('base64')}?=`;
    await holdProperty(
      fc.oneof(hostileText.map(name), mutated(name('tool')), hostileText),
      (value) => {
        const tool = calledTool(['tools/call'], [value]);
        if (tool === undefined) return;
        if (/^=\?base64\?.*\?=$/.test(value.trim())) expect(name(tool)).toBe(value.trim());
        else expect(tool).toBe(value.trim());
      },
      terms,
    );
  });
});
