import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reads a JSON file of the state folder; undefined if there is none. @throws Error if it is damaged */
export function readState(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is damaged; delete it to start over`, { cause });
  }
}

/** Writes a JSON file for its owner only, whole or not at all. */
export function writeState(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(value, null, 2), { mode: 0o600 });
  renameSync(draft, file);
}

/** A file name for an ARN: an ARN holds characters that a file name may not. */
export function stateFile(folder: string, arn: string): string {
  return join(folder, `${createHash('sha256').update(arn).digest('hex').slice(0, 24)}.json`);
}
