import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A folder that belongs to one engine at a time. */
export interface Claim {
  /** Writes down who holds the folder. @param engine process id */
  hold(engine: number): void;
  release(): void;
}

/**
 * Ends an engine that was left over in the folder by an owner that is gone; the pid file tells.
 * @throws Error if the owner still lives: two engines on the same files would corrupt them
 */
export async function claimFolder(folder: string): Promise<Claim> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'engine.pid');
  const left = readPids(file);
  if (left && !(await isFree(left))) {
    throw new Error(`${folder} is in use by process ${left.owner}; stop it, or use another state folder`);
  }
  if (left && isEngine(left.engine)) await end(left.engine);
  return {
    hold: (engine) => writeFileSync(file, JSON.stringify({ owner: process.pid, engine }), { mode: 0o600 }),
    release: () => rmSync(file, { force: true }),
  };
}

/** An owner that is just being stopped gets a moment to go. */
async function isFree(left: { owner: number; engine: number }): Promise<boolean> {
  for (let waited = 0; waited < 1000; waited += 20) {
    if (!isAlive(left.owner) || !isEngine(left.engine)) return true;
    await wait(20);
  }
  return false;
}

function readPids(file: string): { owner: number; engine: number } | undefined {
  try {
    const { owner, engine } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return Number.isInteger(owner) && Number.isInteger(engine)
      ? { owner: owner as number, engine: engine as number }
      : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Process ids are used again: only a process whose command line is an engine's may be taken for one, or be ended. */
function isEngine(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return /dynoxide|engine-host/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/** An owner that has just died takes its engine with it within milliseconds; only a stuck one must be ended here. */
async function end(pid: number): Promise<void> {
  for (let waited = 0; waited < 3000; waited += 20) {
    if (!isEngine(pid)) return;
    if (waited === 1000) kill(pid, 'SIGTERM');
    await wait(20);
  }
  kill(pid, 'SIGKILL');
}

function kill(pid: number, signal: NodeJS.Signals): void {
  // On other systems the command line cannot be checked, and ending a stranger is worse than a clear refusal.
  if (process.platform !== 'linux') throw new Error(`a DynamoDB engine is left over; end process ${pid}`);
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}
