import { OAuthError } from '../errors.ts';
import type { Revocations } from '../ports/revocations.ts';

/** A sign-in, and when it began: what was revoked of the person in that second or later ends it (F-D6). */
export interface SignIn {
  readonly sub: string;
  /** Epoch seconds. */
  readonly startedAt: number;
}

/** The reason of `signInEnded`. */
export const endedReason = 'sign_in_ended';

/** Everything of the person was revoked since the sign-in began; only a new one helps. */
export function signInEnded(): OAuthError {
  return new OAuthError('invalid_request', 'this sign-in was ended; start again in your client and sign in anew', {
    reason: endedReason,
  });
}

/**
 * One read.
 * @throws OAuthError invalid_request (`reason` `sign_in_ended`)
 */
export async function requireLiveSignIn(
  { sub, startedAt }: SignIn,
  deps: { readonly revocations: Pick<Revocations, 'latest'> },
): Promise<void> {
  if (startedAt <= (await deps.revocations.latest([{ kind: 'person', sub }]))) throw signInEnded();
}
