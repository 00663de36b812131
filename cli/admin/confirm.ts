import { CommandError, UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { plain } from '../output/plain.ts';

/**
 * Says what will happen and asks.
 * @throws UsageError where nobody can be asked; CommandError if the person says anything but yes
 */
export async function confirm(action: string, warning: string, io: Io): Promise<void> {
  io.note(`${plain(action)}\n${warning}`);
  if (!io.interactive) throw new UsageError('Nobody can be asked here: give --yes if you mean it.');
  const answer = await io.ask('Go on? (y/N) ');
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was done.');
}
