import type {
  DeviceAuthorization,
  DeviceAuthorizations,
  DeviceSignIn,
} from '../../core/ports/device-authorizations.ts';
import { createItem, deleteItem, findItem, updateItem } from './conditional-write.ts';
import type { Condition } from './expression.ts';
import type { DocumentClient } from './document-client.ts';

/** Device authorizations in the DynamoDB table `table`, that of the interactions (docs/storage.md). */
export function dynamoDeviceAuthorizations(db: DocumentClient, table: string): DeviceAuthorizations {
  const at = (kind: 'device' | 'user-code' | 'device-sign-in' | 'attempts', id: string) => ({
    db,
    table,
    key: { id: `${kind}#${id}` },
  });

  async function find(digest: string, now: number): Promise<DeviceAuthorization | undefined> {
    const item = (await findItem(at('device', digest))) as DeviceAuthorization | undefined;
    return item && item.expiresAt > now ? item : undefined;
  }

  return {
    async begin(authorization, userCode) {
      const { digest, codeExpiresAt } = authorization;
      const reserved = await createItem(at('user-code', userCode), { device: digest, expiresAt: codeExpiresAt });
      if (!reserved.ok) return false;
      await createItem(at('device', digest), { ...authorization, state: authorization.answer.state });
      return true;
    },
    find,
    async findPending(userCode, now) {
      const way = await findItem(at('user-code', userCode));
      if (!way || Number(way['expiresAt']) <= now) return undefined;
      const found = await find(String(way['device']), now);
      return found?.answer.state === 'pending' && found.codeExpiresAt > now ? found : undefined;
    },
    async notePoll(digest, seen, next) {
      const { ok } = await updateItem(at('device', digest), { set: { ...next } }, [
        { test: 'is', name: 'interval', value: seen.interval },
        { test: 'is', name: 'nextPollAt', value: seen.nextPollAt },
        { test: 'is', name: 'state', value: 'pending' },
      ]);
      return ok;
    },
    async answer(digest, answer, now) {
      const { ok } = await updateItem(at('device', digest), { set: { answer, state: answer.state } }, [
        { test: 'is', name: 'state', value: 'pending' },
        { test: 'above', name: 'codeExpiresAt', value: now },
      ]);
      return ok;
    },

    async beginSignIn(signIn) {
      await createItem(at('device-sign-in', signIn.id), { ...signIn });
    },
    async findSignIn(id, now) {
      const item = (await findItem(at('device-sign-in', id))) as DeviceSignIn | undefined;
      return item && item.expiresAt > now ? { ...item, id } : undefined;
    },
    async signedIn(id, person, now) {
      const { ok } = await updateItem(at('device-sign-in', id), { set: { person } }, [
        { test: 'exists', name: 'id' },
        { test: 'missing', name: 'person' },
        { test: 'above', name: 'expiresAt', value: now },
      ]);
      return ok;
    },
    async endSignIn(id) {
      await deleteItem(at('device-sign-in', id));
    },

    async takeAttempt(counter, limit, expiresAt) {
      const below: Condition = { test: 'below', name: 'taken', value: limit };
      const changes = { add: { taken: 1 }, set: { expiresAt } };
      const missing: Condition = { test: 'missing', name: 'id' };
      return (await updateItem(at('attempts', counter), changes, { anyOf: [missing, below] })).ok;
    },
    async returnAttempt(counter) {
      await updateItem(at('attempts', counter), { add: { taken: -1 } }, [{ test: 'above', name: 'taken', value: 0 }]);
    },
  };
}
