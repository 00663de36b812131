import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ProviderKeys {
  /** Private JWKs that sign ID tokens. */
  readonly jwks: { readonly keys: readonly object[] };
  /** Secrets that sign cookies. */
  readonly cookieKeys: readonly string[];
}

/** The provider's keys; made once and kept, so that a restart leaves signed-in browsers and cached JWKS working. */
export function keepKeys(stateDir: string): ProviderKeys {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  chmodSync(stateDir, 0o700);
  const file = join(stateDir, 'identity-provider.json');
  const kept = read(file);
  if (kept) return kept;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
  const keys = { jwks: { keys: [jwk] }, cookieKeys: [randomBytes(32).toString('base64url')] };
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(keys), { mode: 0o600 });
  renameSync(draft, file);
  return keys;
}

function read(file: string): ProviderKeys | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProviderKeys;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} is damaged; delete it to start over`, { cause: error });
  }
}
