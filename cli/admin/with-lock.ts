import { mkdirSync, openSync, closeSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError } from '../errors.ts';

/** Milliseconds after which a lock was left behind by a process that died; no holder needs as long. */
const stale = 60_000;

/**
 * Runs something while no other process does the same for this file: two refreshes with one refresh token would look
 * like a theft to the authorization server.
 * @throws CommandError if the lock is not free in time
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = `${path}.lock`;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await acquire(lock);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function acquire(lock: string): Promise<void> {
  const end = Date.now() + stale + 10_000;
  while (Date.now() < end) {
    try {
      closeSync(openSync(lock, 'wx', 0o600));
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (age(lock) > stale) rmSync(lock, { force: true });
    else await sleep(50 + Math.random() * 50);
  }
  throw new CommandError(`${lock} is held by another process.`, { cure: 'If there is none, remove it.' });
}

function age(lock: string): number {
  const found = statSync(lock, { throwIfNoEntry: false });
  return found ? Date.now() - found.mtimeMs : 0;
}
