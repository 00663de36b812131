import type { Caller } from '../contract/caller.ts';
import { heldBy } from '../contract/caller.ts';
import type { Audit } from '../core/ports/audit.ts';
import type { ProtectedServer } from '../core/protected-server.ts';
import { callEvent } from '../core/resource/call-event.ts';
import { calledTool } from '../core/resource/called-tool.ts';
import { missingForCall } from '../core/resource/missing-for-call.ts';
import { toolCall } from './tool-call.ts';

/**
 * Records every tool call in a body that the guard has not recorded already: it sees only the one that the headers name.
 * A body that calls another tool than its headers say is recorded too, whatever becomes of it.
 */
export function auditCalls(
  request: Request,
  body: unknown,
  { caller, server }: { readonly caller: Caller; readonly server: ProtectedServer },
  audit: Audit | undefined,
): void {
  const seen = calledTool(lines(request, 'mcp-method'), lines(request, 'mcp-name'));
  const calls = [body].flat().flatMap((message) => toolCall(message)?.tool ?? []);
  // One call is the guard's; a batch may repeat it.
  const known = calls.indexOf(seen ?? '');
  for (const tool of calls.filter((_, index) => seen === undefined || index !== known)) {
    audit?.record(callEvent(tool, missingForCall(server, heldBy(caller), tool), caller, server));
  }
}

function lines(request: Request, name: string): readonly string[] {
  const value = request.headers.get(name);
  return value === null ? [] : [value];
}
