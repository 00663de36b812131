import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineKind } from './engine-kind.ts';
import { claimFolder } from './engine-lock.ts';

export interface Engine {
  readonly kind: EngineKind;
  /** `http://127.0.0.1:<port>`, with no IAM in front. */
  readonly endpoint: string;
  /** Ends the engine and waits for it; idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a DynamoDB engine that ends with this process, however this process ends.
 * @param kind which engine; must be installed
 * @param folder where its data stay; in memory without it
 * @throws Error if the engine does not start, or another living process uses the folder
 */
export async function startEngine(kind: EngineKind, folder?: string): Promise<Engine> {
  const claim = folder ? await claimFolder(folder) : undefined;
  // Its own process group: Ctrl-C in the terminal must not end the engine before its users have finished.
  const host = spawn(
    process.execPath,
    [fileURLToPath(import.meta.resolve('./engine-host.ts')), kind, ...(folder ? [folder] : [])],
    { stdio: 'pipe', detached: true },
  );
  const exited = new Promise<void>((resolve) => host.once('exit', () => resolve()));
  const { port, engine } = await readAnnouncement(host, kind);
  claim?.hold(engine);
  return {
    kind,
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      host.stdin?.end();
      await exited;
      claim?.release();
    },
  };
}

function readAnnouncement(host: ChildProcess, kind: EngineKind): Promise<{ port: number; engine: number }> {
  return new Promise((resolve, reject) => {
    let heard = '';
    let complaint = '';
    host.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));
    host.stdout?.on('data', (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.endsWith('\n')) resolve(JSON.parse(heard) as { port: number; engine: number });
    });
    host.once('error', reject);
    host.once('exit', () => reject(new Error(`DynamoDB engine ${kind} did not start: ${complaint.trim()}`)));
  });
}
