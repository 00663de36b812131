import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBinary } from './gatehouse.ts';

const root = new URL('../../', import.meta.url).pathname;

/** A real client in its own process and its own HOME, with nothing on its PATH that could open a browser. */
export class ClientProcess {
  readonly #child: ChildProcess;
  readonly #home: string;
  readonly #ended: Promise<unknown>;
  stdout = '';
  stderr = '';

  /** @param script path of its JavaScript below node_modules */
  constructor(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.#home = mkdtempSync(join(tmpdir(), 'gatehouse-client-'));
    const bin = join(this.#home, 'bin');
    mkdirSync(bin);
    for (const opener of ['xdg-open', 'open', 'gio', 'x-www-browser', 'sensible-browser']) {
      writeFileSync(join(bin, opener), '#!/bin/sh\nexit 0\n');
      chmodSync(join(bin, opener), 0o755);
    }
    this.#child = spawn(nodeBinary(), [join(root, 'node_modules', script), ...args], {
      cwd: this.#home,
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: this.#home, BROWSER: join(bin, 'xdg-open'), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
  }

  write(message: unknown): void {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  /**
   * Waits until what the process printed matches.
   * @throws Error with its output when it ends first or does not print it in 60 s
   */
  async waitFor(pattern: RegExp, from: 'stdout' | 'stderr' | 'both' = 'both'): Promise<RegExpExecArray> {
    for (let waited = 0; waited < 60_000; waited += 50) {
      const ended = this.#child.exitCode !== null;
      const text = from === 'both' ? `${this.stdout}\n${this.stderr}` : this[from];
      const match = pattern.exec(text);
      if (match) return match;
      if (ended) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${pattern} never came:\n${this.stdout.slice(-3000)}\n${this.stderr.slice(-3000)}`);
  }

  /** Waits for the end; the exit code. */
  async end(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** A TCP port of the loopback interface that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
