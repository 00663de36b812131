import { parameter } from '../parameters.ts';
import type { AuthenticationRequest } from './index.ts';

/** Whether a request carries a proof of its client, which `authenticateClient` judges: any method but `none`. */
export function hasProof({ authorizationHeader, params }: AuthenticationRequest): boolean {
  const inBody = ['client_secret', 'client_assertion'].some((name) => parameter(params, name) !== undefined);
  return Boolean(authorizationHeader) || inBody;
}
