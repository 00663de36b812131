import type { Caller } from '../../contract/caller.ts';
import { keyChallenge } from '../../contract/challenge.ts';
import type { ApiKey } from '../../core/api-key.ts';
import { keySubject } from '../../core/api-keys/key-subject.ts';
import { rightsAt } from '../../core/api-keys/permissions.ts';
import type { ProtectedServer } from '../../core/protected-server.ts';
import type { ApiKeyVerifier } from '../../core/resource/verify-api-key.ts';
import type { Suspect } from './refused-call.ts';
import { RefusedCall } from './refused-call.ts';

export interface KeyGate {
  readonly verifyKey: ApiKeyVerifier;
  /** Takes note of a use; never throws. */
  readonly noteKeyUse: (key: ApiKey) => Promise<void>;
}

/**
 * The caller behind an API key.
 * @throws RefusedCall if the key is not good (401), or not for this server (403)
 */
export async function withKey(text: string, server: ProtectedServer, gate: KeyGate): Promise<Caller> {
  if (server.apiKeys === 'refused') throw new RefusedCall('keys_refused');
  const verdict = await gate.verifyKey(text);
  if (verdict.reason !== undefined) throw new RefusedCall(verdict.reason, suspect(verdict.key, verdict.keyId));
  const { key } = verdict;
  if (!key.servers.includes(server.id)) throw otherServer(key, server);
  await gate.noteKeyUse(key);
  const { scopes, tools } = rightsAt(server, key.permissions);
  return {
    ...known(key),
    scope: scopes.join(' '),
    server: server.id,
    keyId: key.keyId,
    ...(key.expiresAt !== undefined && { exp: String(key.expiresAt) }),
    ...(tools && { tools: JSON.stringify(tools) }),
    // Never cut: the server would take what is missing for a right without a limit.
    ...(key.paths.length > 0 && { paths: JSON.stringify(key.paths) }),
  };
}

/** A key has no grant and no client: it is both. */
function known(key: ApiKey): Required<Suspect> {
  const id = keySubject(key.keyId);
  return { sub: key.sub, clientId: id, gid: id };
}

function suspect(key: ApiKey | undefined, keyId: string | undefined): Suspect {
  if (key) return known(key);
  return keyId === undefined ? {} : { clientId: keySubject(keyId) };
}

function otherServer(key: ApiKey, server: ProtectedServer): RefusedCall {
  const description = `This API key does not open the server ${server.id}. Ask for a key that names it.`;
  const challenge = keyChallenge(server.id, description);
  return new RefusedCall('key_other_server', known(key), { challenge, error: 'access_denied', description });
}
