import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { StartError } from './start-error.ts';

/**
 * Runs a CDK app as a child process.
 * @param app file of the app, or a folder that already holds an assembly
 * @param folder where the assembly goes
 * @returns the folder with the assembly
 * @throws StartError where the app fails; what it printed goes before it to stderr
 */
export async function synthesize(app: string, folder: string, signal: AbortSignal): Promise<string> {
  const shown = relative(process.cwd(), app);
  if (!existsSync(app)) throw new StartError(`no CDK app at ${shown}: give --app <file>`);
  if (statSync(app).isDirectory()) return app;
  const child = spawn(process.execPath, [app], {
    env: { ...process.env, CDK_OUTDIR: folder, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const code = await new Promise<number | null>((resolve) => {
    child.on('close', resolve).on('error', () => resolve(null));
  });
  if (code === 0) return folder;
  if (!signal.aborted) process.stderr.write(printed);
  throw new StartError(
    `synthesis of ${shown} failed (exit code ${code ?? 'none'}): cure the error above, then start again`,
  );
}
