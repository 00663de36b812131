import type { Lifetimes } from '../lifetimes.ts';

/**
 * Seconds in which the previous refresh token of this client still gets the same successor. A window of its own is
 * named by the client's id, or by the host of an id that is the URL of a metadata document (clients.md pain 1).
 */
export function replayWindow(
  clientId: string,
  lifetimes: Pick<Lifetimes, 'refreshReplayWindow' | 'refreshReplayWindows'>,
): number {
  const own = lifetimes.refreshReplayWindows ?? {};
  const host = clientId.startsWith('https://') && URL.canParse(clientId) ? new URL(clientId).host : undefined;
  const name = [clientId, host].find((candidate) => candidate !== undefined && Object.hasOwn(own, candidate));
  return (name === undefined ? undefined : own[name]) ?? lifetimes.refreshReplayWindow;
}
