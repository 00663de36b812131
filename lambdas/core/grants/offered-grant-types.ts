import type { TrustedIssuer } from '../trusted-issuer.ts';
import type { GrantType } from './index.ts';
import { grantTypes } from './index.ts';

/** The grant types that work in this deployment. */
export function offeredGrantTypes(known: { readonly trustedIssuers: readonly TrustedIssuer[] }): readonly GrantType[] {
  return grantTypes.filter((type) => type.isOffered?.(known) ?? true);
}
