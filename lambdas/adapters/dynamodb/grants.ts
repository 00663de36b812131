import type { Grant } from '../../core/grant.ts';
import type { Grants, Presentation, Transition } from '../../core/ports/grants.ts';
import type { WriteOutcome } from './conditional-write.ts';
import { createItem, findItem, updateItem } from './conditional-write.ts';
import type { Condition } from './expression.ts';
import type { DocumentClient } from './document-client.ts';
import { shelf } from './shelf.ts';

/** Grants in the DynamoDB table `table`: one item a grant, one conditional write a transition (docs/storage.md). */
export function dynamoGrants(db: DocumentClient, table: string): Grants {
  const at = (gid: string) => ({ db, table, key: { gid } });

  return {
    async create(grant) {
      // Only what lives is in the indexes; a code has not begun to.
      const live = grant.state === 'active' ? { liveSince: grant.createdAt } : {};
      return transition(await createItem(at(grant.gid), { ...grant, ...live, shelf }));
    },

    async redeemCode({ codeChallenge, redirectUri, ...presented }) {
      const outcome = await updateItem(
        at(presented.gid),
        {
          set: {
            state: 'active',
            generation: 1,
            rotatedAt: presented.now,
            expiresAt: presented.expiresAt,
            liveSince: presented.now,
            ...boundTo(presented),
          },
        },
        [
          // OAuth 2.1 §4.1.3: a code is spent by its first use
          is('state', 'code'),
          { test: 'above', name: 'codeExpiresAt', value: presented.now },
          // OAuth 2.1 §4.1.3: bound to the client, the challenge and the redirect URI
          ...presentedBy(presented),
          is('codeChallenge', codeChallenge),
          // RFC 9449 §10: a code is bound to the key that its request named, whoever the client is
          isKey(presented),
          ...(redirectUri === undefined ? [] : [is('redirectUri', redirectUri)]),
        ],
      );
      return transition(outcome);
    },

    async rotate({ generation, ...presented }) {
      const { now, expiresAt } = presented;
      const outcome = await updateItem(
        at(presented.gid),
        {
          set: { generation: generation + 1, rotatedAt: now, expiresAt, ...boundTo(presented) },
          // A grant from before there were lists enters them with its next refresh.
          setOnce: { liveSince: now, shelf },
        },
        [
          is('state', 'active'),
          is('refreshable', true),
          // OAuth 2.1 §4.3.1: rotation; a refresh token is bound to its client
          is('generation', generation),
          ...presentedBy(presented),
          ...(presented.anyKey ? [] : [isKey(presented)]),
          { test: 'above', name: 'expiresAt', value: now },
          { test: 'above', name: 'absoluteExpiresAt', value: now },
        ],
      );
      return transition(outcome);
    },

    async revoke(gid, keepUntil) {
      // Without the condition a grant that is gone would come back as an item with nothing but its state.
      const changes = { set: { state: 'revoked', expiresAt: keepUntil }, remove: ['liveSince'] };
      await updateItem(at(gid), changes, [{ test: 'exists', name: 'gid' }]);
    },

    async find(gid) {
      return (await findItem(at(gid))) as Grant | undefined;
    },

    async noteClientExpiry(gid, clientExpiresAt) {
      await updateItem(at(gid), { set: { clientExpiresAt } }, [{ test: 'exists', name: 'gid' }]);
    },
  };
}

/** What a code and a refresh token have in common. */
function presentedBy({ saltDigest, clientId, resource }: Presentation): Condition[] {
  return [
    is('saltDigest', saltDigest),
    is('clientId', clientId),
    // RFC 8707 §2.2: only a resource that the person allowed
    ...(resource === undefined ? [] : [{ test: 'contains', name: 'resources', value: resource } as const]),
  ];
}

/** RFC 9449 §5: the key of the grant, if it has one. */
function isKey({ dpopJkt }: Presentation): Condition {
  if (dpopJkt === undefined) return { test: 'missing', name: 'dpopJkt' };
  return { test: 'isOrMissing', name: 'dpopJkt', value: dpopJkt };
}

/** RFC 9449 §5: the first key that a public client proves is the one of its refresh tokens. */
function boundTo({ dpopJkt, anyKey }: Presentation): { dpopJkt?: string } {
  return dpopJkt === undefined || anyKey ? {} : { dpopJkt };
}

function is(name: string, value: string | number | boolean): Condition {
  return { test: 'is', name, value };
}

function transition({ ok, item }: WriteOutcome): Transition {
  if (ok) return { ok, grant: item as unknown as Grant };
  return item ? { ok, grant: item as unknown as Grant } : { ok };
}
