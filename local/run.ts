import { readOptions } from './options.ts';
import { readyBlock } from './ready-block.ts';
import type { Runner } from './runner.ts';
import { createRunner } from './runner.ts';
import { StartError } from './start-error.ts';

/**
 * The whole of `npm start`: starts the stack on this machine and stays until it is interrupted. The first interrupt
 * stops every child, the second one kills. A start that fails is one line on stderr and exit code 1.
 */
export async function run(args: readonly string[]): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  let runner: Runner | undefined;
  try {
    runner = createRunner(readOptions(args, process.env), print);
    stopOnInterrupt(runner);
    const { baseUrl, mcpUrls, statePath, ...offer } = await runner.start();
    print(readyBlock({ ...offer, baseUrl, mcpUrls, statePath }));
    if (process.env.GATEHOUSE_READY === 'json') print(JSON.stringify({ ready: true, baseUrl, mcpUrls, statePath }));
  } catch (error) {
    if (interrupted) return;
    process.stderr.write(`gatehouse: ${error instanceof Error ? error.message : String(error)}\n`);
    if (!(error instanceof StartError) && process.env.DEBUG && error instanceof Error)
      process.stderr.write(`${error.stack}\n`);
    await runner?.stop();
    process.exit(1);
  }
}

let interrupted = false;

function stopOnInterrupt(runner: Runner): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interrupted) process.exit(130);
      interrupted = true;
      runner.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
