import type { RightsDeps } from '../admin/within-rights.ts';
import type { Audit } from '../ports/audit.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';
import type { Consents } from '../ports/consents.ts';
import type { Entropy } from '../ports/entropy.ts';
import type { Grants } from '../ports/grants.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { Interactions } from '../ports/interactions.ts';
import type { Pepper } from '../ports/pepper.ts';
import type { Revocations } from '../ports/revocations.ts';
import type { Lifetimes } from '../lifetimes.ts';
import type { ProtectedServer } from '../protected-server.ts';

/** What the steps between an authorization request and its answer need. */
export interface InteractionDeps extends RightsDeps {
  readonly clients: Clients;
  readonly consents: Consents;
  readonly grants: Pick<Grants, 'create'>;
  readonly interactions: Interactions;
  readonly revocations: Pick<Revocations, 'latest' | 'latestOfEach'>;
  readonly identityProvider: IdentityProvider;
  readonly pepper: Pepper;
  readonly audit: Audit;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly issuer: string;
  readonly servers: readonly ProtectedServer[];
  readonly lifetimes: Lifetimes;
  /**
   * Whether every client must push its authorization requests (RFC 9126 §5).
   * @default false
   */
  readonly requirePushedAuthorizationRequests?: boolean | undefined;
}

/**
 * Where the browser goes next. `sign-in`: to the identity provider at `url`; `consent`: to the consent page of the
 * transaction (answer 303 to `/consent?transaction=<id>`); `answered`: back to the client at `url`.
 */
export type NextStep =
  | { readonly kind: 'sign-in'; readonly url: string }
  | { readonly kind: 'consent'; readonly transactionId: string }
  | { readonly kind: 'answered'; readonly url: string };
