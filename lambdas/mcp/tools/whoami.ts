import * as z from 'zod/mini';
import type { Caller } from '../../contract/caller.ts';
import type { Tool } from '../tool.ts';
import { defineTool } from '../tool.ts';
import { isoTime } from './iso-time.ts';

/** `whoami`: what the guard knows about the caller; open to every valid token. */
export function whoami({ sub, clientId, scope, server, exp }: Caller): Tool {
  return defineTool({
    name: 'whoami',
    title: 'Who am I',
    description: 'Says as whom, through which client and with which scopes this server is being called.',
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({}),
    output: z.object({
      sub: z.string().check(z.describe('Subject of the access token: the person who signed in')),
      clientId: z.string(),
      scopes: z.array(z.string()),
      server: z.string(),
      tokenExpiresAt: z.string().check(z.describe('ISO 8601, UTC')),
    }),
    run: async () => ({
      sub,
      clientId,
      scopes: scope.split(' ').filter((name) => name !== ''),
      server,
      tokenExpiresAt: isoTime(Number(exp)),
    }),
  });
}
