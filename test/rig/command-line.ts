import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBinary } from './gatehouse.ts';
import type { Answer } from './person.ts';
import { Person } from './person.ts';

const script = new URL('../../cli/gatehouse.mjs', import.meta.url).pathname;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly notes: string;
}

/** A home folder, in which the command line runs as processes of its own, with no terminal and no browser. */
export class CommandLine {
  readonly home = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
  readonly credentials = join(this.home, '.config/gatehouse/credentials.json');
  readonly #env: Readonly<Record<string, string>>;

  /** @param env variables beside PATH and HOME. @default none */
  constructor(env: Readonly<Record<string, string>> = {}) {
    this.#env = env;
  }

  /** Starts `gatehouse …`. */
  start(...words: string[]): RunningCommand {
    const env = { PATH: process.env['PATH'] ?? '', HOME: this.home, ...this.#env };
    return new RunningCommand(
      spawn(nodeBinary(), [script, ...words], { cwd: this.home, env, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  /** Runs it to its end. */
  async run(...words: string[]): Promise<Ended> {
    return this.start(...words).ended;
  }

  /** Runs a command that signs somebody in, and does in a browser what it prints. */
  async signIn(words: readonly string[], person = new Person(), answer: Answer = 'allow'): Promise<Ended> {
    const command = this.start(...words, '--no-browser', '--port', '0');
    try {
      const [, url = ''] = await command.waitFor(/^ {2}(http\S+)$/m);
      const landing = await person.authorize(url, answer);
      await fetch(landing);
      return await command.ended;
    } finally {
      command.stop();
    }
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

export class RunningCommand {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #out = '';
  #notes = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.#out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#notes += text));
    this.ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      out: this.#out,
      notes: this.#notes,
    }));
  }

  /** Waits until stderr matches. @throws Error with all that was printed when it ends first or takes 30 s */
  async waitFor(pattern: RegExp): Promise<RegExpExecArray> {
    for (let waited = 0; waited < 30_000; waited += 25) {
      const found = pattern.exec(this.#notes);
      if (found) return found;
      if (this.#child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`${pattern} never came:\n${this.#notes}\n${this.#out}`);
  }

  stop(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
  }
}
