import type { Context } from 'hono';
import { OAuthError } from '../core/errors.ts';
import { readBody } from './read-body.ts';
import { RefusedRequest } from './refused-request.ts';

/** Levels of objects and arrays; client metadata with an embedded key set has four. */
const deepest = 10;

/**
 * The JSON body of a registration.
 * @throws OAuthError invalid_request if it is no JSON or too large, invalid_client_metadata if it is malformed or too
 *   deep, saying where
 */
export async function readJson(context: Context): Promise<unknown> {
  const type = context.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new RefusedRequest('wrong_media_type', 'send the metadata as application/json');
  const text = await readBody(context);
  const value = parse(text);
  if (depth(value) > deepest) throw malformed(`nests deeper than ${deepest} levels`);
  return value;
}

function parse(text: string): unknown {
  if (text.trim() === '') throw malformed('is empty; send a JSON object');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(`is not valid JSON${whereOf(cause, text)}`, cause);
  }
}

function malformed(problem: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_client_metadata', `the body ${problem}`, { reason: 'malformed_json', cause });
}

function whereOf(cause: unknown, text: string): string {
  const found = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
  // The engine names no position when the text just stops.
  const position = found === undefined ? text.length : Number(found);
  const lines = text.slice(0, position).split('\n');
  return ` at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

/** Breadth first, so that a hostile depth cannot exhaust the stack. */
function depth(value: unknown): number {
  let level = [value];
  for (let levels = 0; ; levels += 1) {
    const next = level
      .filter((item) => typeof item === 'object' && item !== null)
      .flatMap((item) => Object.values(item) as unknown[]);
    if (level.every((item) => typeof item !== 'object' || item === null)) return levels;
    level = next;
  }
}
