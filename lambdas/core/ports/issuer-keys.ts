import type { TrustedIssuer } from '../trusted-issuer.ts';
import type { ClientJwk } from './client-keys.ts';

/** Public keys of issuers whom the administrator trusts. */
export interface IssuerKeys {
  /**
   * Its keys, remembered for 10 minutes.
   * @param options `fresh`: asked because no remembered key verifies; fetches again, at most once a minute
   * @throws DocumentError if they must be fetched and cannot be
   */
  find(issuer: TrustedIssuer, options?: { readonly fresh?: boolean }): Promise<readonly ClientJwk[]>;
}
