import type { LocalLambda } from '../lambda/local-lambda.ts';
import type { Stack } from '../template/stack.ts';
import { startControlServer } from './control-server.ts';
import { runSchedule, scheduleIds } from './schedules.ts';

/** Starts the control port of a running stack and prints how to run its schedules. */
export async function startControl(
  stack: Stack,
  lambda: LocalLambda,
  sweepExpired: () => Promise<number>,
  print: (line: string) => void,
): Promise<{ readonly port: number; stop(): void }> {
  const ids = scheduleIds(stack);
  const { port, server } = await startControlServer({
    scheduleIds: ids,
    runSchedule: (logicalId) => runSchedule(stack, lambda, logicalId),
    sweepExpired,
  });
  for (const id of ids)
    print(`schedule ${id} runs by hand: curl -X POST http://127.0.0.1:${port}/local/schedules/${id}`);
  return {
    port,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
