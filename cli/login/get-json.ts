import { unreachable } from './unreachable.ts';

/** Milliseconds for one answer. */
export const answerTimeout = 15_000;

/** A JSON object from a URL; undefined: there is none. @throws CommandError if nothing answers */
export async function getJson(url: URL, stop: AbortSignal): Promise<Readonly<Record<string, unknown>> | undefined> {
  const answer = await ask(url, { headers: { accept: 'application/json' } }, stop);
  if (answer.status !== 200) {
    await answer.body?.cancel();
    return undefined;
  }
  const body: unknown = await answer.json().catch(() => undefined);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : undefined;
}

/** One request that follows no redirect. @throws CommandError if nothing answers */
export async function ask(url: URL, init: RequestInit, stop: AbortSignal): Promise<Response> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(answerTimeout)]);
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal });
  } catch (error) {
    throw stop.aborted ? error : unreachable(url, error);
  }
}
