import type { SigningAlgorithm } from '../ports/signing-keys.ts';
import { prompts } from './openid-request.ts';

/** What a client of OpenID Connect reads in the metadata besides those of OAuth (OpenID Connect Discovery §3). */
export function openIdMetadata(known: {
  /** URL of the userinfo endpoint. */
  readonly userinfo: string;
  readonly signingAlgorithm: SigningAlgorithm;
}): Record<string, unknown> {
  return {
    userinfo_endpoint: known.userinfo,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [known.signingAlgorithm],
    claims_supported: [
      ...['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'at_hash', 'acr', 'amr'],
      ...['name', 'email', 'email_verified'],
    ],
    // Initiating User Registration via OpenID Connect §3.2
    prompt_values_supported: prompts,
    // The default of this one is true; only pushed requests have a request_uri here.
    request_uri_parameter_supported: false,
  };
}
