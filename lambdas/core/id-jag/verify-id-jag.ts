import { isSignedBy } from '../client-auth/is-signed-by.ts';
import { OAuthError } from '../errors.ts';
import { DocumentError } from '../ports/documents.ts';
import type { IssuerKeys } from '../ports/issuer-keys.ts';
import type { TrustedIssuer } from '../trusted-issuer.ts';
import type { IdJag } from './id-jag.ts';
import { refuseIdJag } from './refuse-id-jag.ts';

/**
 * Finds the issuer among the trusted ones and verifies that a key of its signed the assertion. An issuer that has just
 * changed its keys is asked for them again.
 * @throws OAuthError invalid_grant; temporarily_unavailable if the issuer's keys cannot be fetched now
 */
export async function verifyIdJag(
  assertion: IdJag,
  deps: { readonly trustedIssuers: readonly TrustedIssuer[]; readonly issuerKeys: IssuerKeys },
): Promise<TrustedIssuer> {
  // RFC 7523 §3, 1 with RFC 3986 §6.2.1: simple string comparison.
  const issuer = deps.trustedIssuers.find((trusted) => trusted.issuer === assertion.issuer);
  if (!issuer) throw refuseIdJag('issuer', 'is of an issuer that is not trusted here');
  try {
    if (await isSignedBy(assertion, await deps.issuerKeys.find(issuer))) return issuer;
    if (await isSignedBy(assertion, await deps.issuerKeys.find(issuer, { fresh: true }))) return issuer;
  } catch (cause) {
    if (!(cause instanceof DocumentError)) throw cause;
    if (cause.kind !== 'unavailable') throw refuseIdJag('keys', 'cannot be verified: its issuer gives no keys', cause);
    // The assertion may be fine: the client should come again with it, not with a new sign-in.
    throw new OAuthError('temporarily_unavailable', 'the keys of the issuer of assertion cannot be had; try again', {
      cause,
    });
  }
  throw refuseIdJag('signature', 'is not signed by its issuer');
}
