import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';

/** Access to the admin API of one issuer. */
export interface StoredSignIn {
  readonly clientId: string;
  readonly accessToken: string;
  /** Absent: the access ends with the token. */
  readonly refreshToken?: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  readonly scope: string;
}

/** What `gatehouse admin login` keeps. */
export interface Credentials {
  /** Issuer of the last sign-in. */
  readonly current?: string;
  /** By issuer. */
  readonly signIns: Readonly<Record<string, StoredSignIn>>;
}

/** `$XDG_CONFIG_HOME/gatehouse/credentials.json`, which only its owner may read. */
export function credentialsPath({ env }: Pick<Io, 'env'>): string {
  const home = env['HOME'] ?? homedir();
  // XDG Base Directory: a relative path counts as unset.
  const given = env['XDG_CONFIG_HOME'] ?? '';
  return join(given.startsWith('/') ? given : join(home, '.config'), 'gatehouse', 'credentials.json');
}

/** @throws CommandError if the file is there and holds something else */
export function readCredentials(path: string): Credentials {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { signIns: {} };
    throw unreadable(path, error);
  }
  try {
    const found = JSON.parse(text) as Partial<Credentials> | null;
    if (typeof found?.signIns === 'object' && found.signIns !== null) return { ...found, signIns: found.signIns };
  } catch {
    // The same as any other file that is not ours.
  }
  throw unreadable(path, undefined);
}

/** Writes all of it or nothing: a reader never sees a half, and nobody else ever sees any. */
export function writeCredentials(path: string, credentials: Credentials): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const fresh = `${path}.${randomUUID()}`;
  try {
    writeFileSync(fresh, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

function unreadable(path: string, cause: unknown): CommandError {
  return new CommandError(`${path} cannot be read.`, { cure: 'Remove it and sign in again.', cause });
}
