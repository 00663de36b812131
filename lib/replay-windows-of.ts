import type { GatehouseProps } from './gatehouse-props.ts';
import { refusal } from './refusal.ts';

/** The replay windows of single clients in seconds, and a refusal for each that is wrong. */
export function replayWindowsOf({ refreshReplayWindows = {} }: GatehouseProps): {
  refreshReplayWindows: Record<string, number>;
  refusals: string[];
} {
  const all = Object.entries(refreshReplayWindows).map(
    ([name, window]) => [name, window.toSeconds({ integral: false })] as const,
  );
  const refusals = all.flatMap(([name, seconds]) => [
    ...(/^[\x21-\x7e]+$/.test(name)
      ? []
      : [refusal('refreshReplayWindows', name, 'client ids, or hosts of metadata documents')]),
    ...(Number.isInteger(seconds) && seconds >= 0 && seconds <= 600
      ? []
      : [refusal(`refreshReplayWindows['${name}']`, `${seconds} seconds`, '0 to 600 whole seconds')]),
  ]);
  return { refreshReplayWindows: Object.fromEntries(all), refusals };
}
