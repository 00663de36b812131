import * as z from 'zod/mini';
import type { Caller } from '../../contract/caller.ts';
import type { Stage } from '../../core/api-keys/key-text.ts';
import { keyPrefix } from '../../core/api-keys/key-text.ts';
import type { PathNarrowing } from '../../core/resource/path-narrowing.ts';
import type { Tool } from '../tool.ts';
import { defineTool } from '../tool.ts';
import { isoTime } from './iso-time.ts';

/** `whoami`: what the guard knows about the caller; open to every good credential that is not for single tools. */
export function whoami(caller: Caller, { paths }: PathNarrowing, stage: Stage): Tool {
  const { sub, clientId, scope, server, exp, keyId, tools } = caller;
  return defineTool({
    name: 'whoami',
    title: 'Who am I',
    description: 'Says as whom, through which client and with which rights this server is being called.',
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({}),
    output: z.object({
      sub: z.string().check(z.describe('Subject: the person who signed in, or the program that an API key stands for')),
      clientId: z.string(),
      scopes: z.array(z.string()),
      server: z.string(),
      apiKey: z.optional(z.string().check(z.describe('First part of the API key'))),
      tools: z.optional(z.array(z.string()).check(z.describe('Tools that the API key names itself'))),
      paths: z.optional(z.array(z.string()).check(z.describe('All that may be touched lies below these paths'))),
      tokenExpiresAt: z.optional(z.string().check(z.describe('ISO 8601, UTC; absent: never'))),
    }),
    run: async () => ({
      sub,
      clientId,
      scopes: scope.split(' ').filter((name) => name !== ''),
      server,
      ...(keyId !== undefined && { apiKey: keyPrefix(stage, keyId) }),
      ...(tools !== undefined && { tools: JSON.parse(tools) as string[] }),
      ...(paths && { paths: [...paths] }),
      ...(exp !== undefined && { tokenExpiresAt: isoTime(Number(exp)) }),
    }),
  });
}
