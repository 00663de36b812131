import { describe, expect, test } from 'vitest';
import { describeError } from '../../lambdas/adapters/describe-error.ts';
import { freshness } from '../../lambdas/adapters/guarded-fetch/freshness.ts';
import { scrub } from '../../lambdas/adapters/scrub.ts';
import { readDetails } from '../../lambdas/core/authorization-details/read-details.ts';
import { withoutLoopbackPort } from '../../lambdas/core/authorize/redirect-kind.ts';
import { canonicalResource } from '../../lambdas/core/canonical-resource.ts';
import { basic } from '../../lambdas/core/client-auth/basic.ts';
import { readAssertion } from '../../lambdas/core/client-auth/read-assertion.ts';
import { typedUserCode } from '../../lambdas/core/device/user-code.ts';
import { comparableUrl } from '../../lambdas/core/dpop/comparable-url.ts';
import { verifyDpopProof } from '../../lambdas/core/dpop/verify-dpop-proof.ts';
import { readIdJag } from '../../lambdas/core/id-jag/read-id-jag.ts';
import { judgeClientIdUrl } from '../../lambdas/core/metadata-document/judge-client-id-url.ts';
import { publicKeys } from '../../lambdas/core/metadata-document/public-keys.ts';
import { parameter } from '../../lambdas/core/parameters.ts';
import { judgeRedirectUri } from '../../lambdas/core/registration/judge-redirect-uri.ts';
import { line } from '../../lambdas/core/registration/members.ts';
import { splitScope } from '../../lambdas/core/split-scope.ts';
import { readCode, readRefreshToken } from '../../lambdas/core/tokens/handle.ts';
import { calledTool } from '../../lambdas/core/resource/called-tool.ts';
import { readCredential } from '../../lambdas/http/guard/credential.ts';
import { plainText } from '../../lambdas/http/pages/plain-text.ts';
import { originAllowed } from '../../lambdas/mcp/origin-allowed.ts';
import { form, issuer, servers } from '../core/fixtures.ts';
import { traps } from './hostile.ts';
import { judged } from './judged.ts';

const now = 1_795_262_400;
const pepper = Buffer.alloc(32, 7);
/** As much as an API Gateway event carries in one header or parameter, and more than any limit of ours. */
const size = 64 * 1024;

/** Everything that looks at text of strangers, one by one. */
const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  parameter: (text) => parameter(form({ state: text }), 'state'),
  splitScope,
  'Basic credentials': (text) => basic.read({ authorizationHeader: text, params: form({}) }, { issuer, now }),
  'encoded Basic credentials': (text) =>
    basic.read(
      { authorizationHeader: `Basic ${Buffer.from(text).toString('base64')}`, params: form({}) },
      { issuer, now },
    ),
  readCredential: (text) => readCredential([text]),
  calledTool: (text) => calledTool(['tools/call'], [text]),
  readCode: (text) => readCode(pepper, text),
  readRefreshToken: (text) => readRefreshToken(pepper, text),
  canonicalResource: (text) => canonicalResource(text, servers),
  judgeRedirectUri,
  withoutLoopbackPort,
  judgeClientIdUrl,
  jwks_uri: (text) => publicKeys({ jwks_uri: text }),
  comparableUrl,
  'client name': (text) => line({ client_name: text }, 'client_name', size * 2),
  readDetails: (text) => readDetails(form({ authorization_details: text })),
  readAssertion: (text) => readAssertion(text, { issuer, now }),
  verifyDpopProof: (text) => verifyDpopProof(text, { method: 'POST', url: `${issuer}/token`, now }),
  readIdJag: (text) => readIdJag(text, { issuer, now }),
  typedUserCode,
  originAllowed: (text) => originAllowed(text, issuer, ['loopback']),
  scrub,
  describeError: (text) => describeError(new Error(text, { cause: new Error(text) })),
  freshness: (text) => freshness({ 'cache-control': text, expires: text, age: text }, now),
  plainText,
};

const heads = [
  '',
  'https://',
  'http://localhost:',
  'Bearer ',
  'Basic ',
  'gc_',
  'gr_',
  '=?base64?',
  'max-age=',
  'code=',
];
const pieces = [...traps, 'a', '0', 'A=', 'a.', 'a b', '%41', '.%2e/', ',a="', '"a', ':a@', '-', '_'].filter(Boolean);
const tails = ['', '!', '\n', '?=', '\u0000'];

describe('no text of 64 KB holds a parser up', () => {
  test.each(Object.entries(parsers))('%s', async (_name, parse) => {
    for (const piece of pieces) {
      const body = piece.repeat(Math.ceil(size / piece.length));
      for (const [at, head] of heads.entries())
        await judged(() => parse(head + body + (tails[at % tails.length] ?? '')));
    }
  });

  test('and the watch works', async () => {
    const slow = () => {
      for (const start = performance.now(); performance.now() - start < 1001;);
    };
    await expect(judged(slow)).rejects.toThrow('milliseconds');
  });
});
