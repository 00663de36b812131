import { keyUsedBefore, repeatWindow } from '../admin/repeatable.ts';
import type { ApiKey } from '../api-key.ts';
import { digest } from '../digest.ts';
import { readExpiry } from './expiry.ts';
import { freshKey } from './fresh-key.ts';
import type { KeyTerms } from './judge-key-input.ts';
import { judgeKeyInput } from './judge-key-input.ts';
import type { KeyDeps } from './key-deps.ts';
import type { KeyInput } from './key-input.ts';
import type { KeyMaker } from './key-maker.ts';
import { takeKeyName } from './key-name.ts';
import { keySubject } from './key-subject.ts';

/** A new key. `secret` is the key itself, which is nowhere else. */
export interface CreatedKey {
  readonly key: ApiKey;
  readonly secret: string;
}

/**
 * Makes an API key (F-B1, F-B2): a read where the request may be a repetition, and two conditional writes.
 * @throws AdminRefusal `invalid` with the fields; no key is made then
 */
export async function createApiKey(input: KeyInput, maker: KeyMaker, deps: KeyDeps): Promise<CreatedKey> {
  const { owner, email, actsAs, idempotencyKey } = maker;
  const now = maker.begunAt ?? deps.clock.now();
  const terms = judgeKeyInput(input, deps.servers, now);
  const { keyId, text: secret } = await freshKey(maker, deps);
  const earlier = idempotencyKey === undefined ? undefined : await deps.apiKeys.find(keyId);
  if (earlier) return { key: repeated(earlier, input, terms, now), secret };
  await takeKeyName({ name: terms.name, keyId, owner }, now, deps);
  const sub = actsAs === 'owner' ? owner : keySubject(keyId);
  const who = { owner, sub, ...(email !== undefined && { ownerEmail: email }) };
  const key: ApiKey = { keyId, ...terms, ...who, digest: digest(secret), createdAt: now };
  const winner = await deps.apiKeys.create(key);
  if (winner) return { key: repeated(winner, input, terms, now), secret };
  const type = actsAs === 'owner' ? 'account.key.created' : 'admin.key.created';
  deps.audit.record({ type, sub: owner, changed: keySubject(keyId), scopes: key.permissions });
  return { key, secret };
}

/** What the first request made, if this one asks for the same. */
function repeated(earlier: ApiKey, input: KeyInput, terms: KeyTerms, now: number): ApiKey {
  const expiry = readExpiry(input.expires.trim(), earlier.createdAt);
  const isSame =
    earlier.createdAt + repeatWindow >= now &&
    'at' in expiry &&
    expiry.at === earlier.expiresAt &&
    spelled(earlier) === spelled(terms);
  if (isSame) return earlier;
  throw keyUsedBefore();
}

function spelled({ name, servers, permissions, paths }: KeyTerms): string {
  return JSON.stringify([name, ...[servers, permissions, paths].map((list) => list.toSorted())]);
}
