import type { Lifetimes } from '../lifetimes.ts';
import type { ApiKeys } from '../ports/api-keys.ts';
import type { Audit } from '../ports/audit.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { ClientRegistry } from '../ports/client-registry.ts';
import type { ClientSecrets } from '../ports/client-secrets.ts';
import type { Clients } from '../ports/clients.ts';
import type { Clock } from '../ports/clock.ts';
import type { Consents } from '../ports/consents.ts';
import type { Entropy } from '../ports/entropy.ts';
import type { Grants } from '../ports/grants.ts';
import type { GrantStates } from '../ports/grant-states.ts';
import type { Interactions } from '../ports/interactions.ts';
import type { ClientList, ConsentList, SessionList } from '../ports/lists.ts';
import type { Names } from '../ports/names.ts';
import type { Pepper } from '../ports/pepper.ts';
import type { Revocations } from '../ports/revocations.ts';
import type { SigningKeyRing } from '../ports/signing-key-ring.ts';
import type { SigningAlgorithm, SigningKeys } from '../ports/signing-keys.ts';
import type { Usage } from '../ports/usage.ts';
import type { ProtectedServer } from '../protected-server.ts';

/** What people need who look after their own access. */
export interface SelfServiceDeps {
  readonly issuer: string;
  /** Begins the API keys of this deployment: `gh_<stage>_…`. */
  readonly stage: 'development' | 'production';
  readonly servers: readonly ProtectedServer[];
  readonly lifetimes: Lifetimes;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly audit: Audit;
  readonly pepper: Pepper;
  readonly interactions: Pick<Interactions, 'findSession' | 'endSession'>;
  readonly revocations: Revocations;
  readonly grants: Pick<Grants, 'find' | 'revoke'>;
  readonly sessionList: SessionList;
  readonly clientList: ClientList;
  readonly consentList: ConsentList;
  readonly apiKeys: ApiKeys;
  readonly names: Names;
}

/** What administrators need besides. */
export interface AdminDeps extends Omit<SelfServiceDeps, 'interactions'> {
  readonly interactions: Pick<Interactions, 'findSession'>;
  readonly clients: Pick<Clients, 'find'>;
  readonly clientRegistry: ClientRegistry;
  readonly clientSecrets: ClientSecrets;
  readonly consents: Pick<Consents, 'find'>;
  readonly grantStates: GrantStates;
  readonly signingKeys: SigningKeys;
  readonly signingKeyRing: SigningKeyRing;
  /** Of the deployment, whose rights are for keys of this kind only. @default RS256 */
  readonly signingAlgorithm?: SigningAlgorithm | undefined;
  readonly usage: Usage;
  readonly auditTrail: Pick<AuditTrail, 'find' | 'newest'>;
  /** Seconds for which events stay in the trail. @default 90 days */
  readonly auditRetention?: number | undefined;
}
