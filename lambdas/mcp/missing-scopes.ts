import type { ProtectedServer } from '../core/protected-server.ts';
import type { HeldRights } from '../core/resource/held-rights.ts';
import { missingForCall } from '../core/resource/missing-for-call.ts';
import { toolCall } from './tool-call.ts';

export interface MissingScopes {
  /** Everything to ask for, in the server's order; of a key, the permissions that it lacks. Empty: all is allowed. */
  readonly scopes: readonly string[];
  /** The first tool that is out of reach. */
  readonly tool?: string;
  /** JSON-RPC id of that call. */
  readonly id?: unknown;
}

/**
 * Judges every tool call in a body, a batch included, by its body alone: the one place that all revisions share.
 * @param body parsed JSON of a POST, of any shape
 */
export function missingScopes(server: Pick<ProtectedServer, 'scopes'>, held: HeldRights, body: unknown): MissingScopes {
  const refused = [body].flat().flatMap((message) => {
    const call = toolCall(message);
    const scopes = call ? missingForCall(server, held, call.tool) : [];
    return call && scopes.length > 0 ? [{ ...call, scopes }] : [];
  });
  const [first] = refused;
  if (!first) return { scopes: [] };
  // RS-07: one challenge for all that the operation needs.
  const needed = [...new Set(refused.flatMap(({ scopes }) => scopes))];
  const order = server.scopes.map(({ name }) => name);
  // What is no scope, as the tool of a key, stands behind them.
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return { ...first, scopes: needed.sort((a, b) => place(a) - place(b)) };
}
