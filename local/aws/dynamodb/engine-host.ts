/**
 * The process between us and a DynamoDB engine: `node engine-host.ts <kind> [<folder>]`. It ends when its standard
 * input closes, and takes the engine with it: so an engine never outlives its owner, not even one that was killed.
 * Prints `{"port":…,"engine":<pid>}` once the engine answers.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const [kind, folder] = process.argv.slice(2);

function whenOwnerGone(stop: () => void): void {
  if (process.stdin.destroyed) stop();
  else process.stdin.once('close', stop);
}

function announce(port: number, engine: number): void {
  process.stdout.write(`${JSON.stringify({ port, engine })}\n`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', signal: AbortSignal.timeout(1000) });
    return true;
  } catch {
    return false;
  }
}

/** dynoxide does not tell which port it got, so one is picked for it; a second try covers a lost race for the port. */
async function hostDynoxide(triesLeft = 3): Promise<void> {
  const port = await freePort();
  const store = folder ? ['--db-path', join(folder, 'dynamodb.sqlite')] : [];
  const binary = require.resolve('@dynoxide/linux-x64/dynoxide');
  const engine = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port), ...store], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  engine.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));
  const stop = (): void => void engine.kill('SIGTERM');
  whenOwnerGone(stop);
  let ready = false;
  engine.once('error', (error) => fail(error.message));
  engine.once('exit', () => {
    process.stdin.off('close', stop);
    if (process.stdin.destroyed) process.exit(0);
    if (ready || triesLeft <= 1) fail(`dynoxide ended: ${complaint.trim()}`);
    else void hostDynoxide(triesLeft - 1);
  });
  while (engine.exitCode === null && !(await answers(port))) await wait(5);
  if (engine.exitCode !== null) return;
  ready = true;
  announce(port, engine.pid ?? 0);
}

async function hostDynalite(): Promise<void> {
  const dynalite = require('dynalite') as (options: Record<string, unknown>) => Server;
  const path = folder ? { path: join(folder, 'dynalite') } : {};
  const server = dynalite({ ...path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenOwnerGone(() => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
    setTimeout(() => process.exit(0), 2000);
  });
  announce((server.address() as AddressInfo).port, process.pid);
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

process.stdin.resume();
(kind === 'dynoxide' ? hostDynoxide() : hostDynalite()).catch((error: unknown) => fail(String(error)));
