import { OAuthError } from '../errors.ts';

/** A refused ID-JAG: always invalid_grant (RFC 7521 §4.1.1, X-EMA2). @param problem what is wrong with it */
export function refuseIdJag(reason: string, problem: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_grant', `assertion ${problem}`, { reason: `id_jag_${reason}`, cause });
}
