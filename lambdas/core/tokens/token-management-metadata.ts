import { assertionAlgorithms } from '../client-auth/assertion-algorithms.ts';
import { authMethodNames } from '../client-auth/auth-method-names.ts';

/** Where tokens are revoked and looked up, and how clients authenticate there (RFC 8414 §2). */
export function tokenManagementMetadata(endpoints: {
  readonly revocation: string;
  readonly introspection: string;
}): Record<string, unknown> {
  const methods = authMethodNames;
  const algorithms = Object.keys(assertionAlgorithms);
  return {
    revocation_endpoint: endpoints.revocation,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: algorithms,
    introspection_endpoint: endpoints.introspection,
    // RFC 7662 §2.1: the caller must be authorized, and a public client proves nothing.
    introspection_endpoint_auth_methods_supported: methods.filter((method) => method !== 'none'),
    introspection_endpoint_auth_signing_alg_values_supported: algorithms,
  };
}
