import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { expect } from 'vitest';
import { writeKeyText } from '../../lambdas/core/api-keys/key-text.ts';
import type { AuditEvent } from '../../lambdas/core/ports/audit.ts';
import { apiKeyVerifier } from '../../lambdas/core/resource/verify-api-key.ts';
import { createGuard } from '../../lambdas/http/guard.ts';
import { keyUseNotes } from '../../lambdas/http/guard/key-use-notes.ts';
import type { useKeyHouse } from '../core/api-keys/key-house.ts';
import { closed, notes, only } from '../core/api-keys/key-house.ts';
import { issuer, keyPair, publish, server } from './forge.ts';

type Headers = Record<string, string | string[]>;

/** The one key that signs access tokens. */
export const pair = await keyPair('RS256', 'rsa-1');

export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
export const header = (secret: string) => ({ 'x-api-key': secret });

/** A guard instance with a minute of memory, beside the house whose keys it judges. */
export function openGate(house: ReturnType<ReturnType<typeof useKeyHouse>>, seconds = 60) {
  const log: AuditEvent[] = [];
  const failures: unknown[] = [];
  const asked = { find: 0, latest: 0, noteUse: 0 };
  let away = false;
  const counted = <A extends unknown[], R>(name: keyof typeof asked, work: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      asked[name] += 1;
      if (away) throw new Error('table away');
      return work(...args);
    };
  };
  const { clock, deps } = house;
  const { apiKeys: keys, revocations: marks } = deps;
  const apiKeys = {
    find: counted('find', (keyId: string) => keys.find(keyId)),
    noteUse: counted('noteUse', (...use: Parameters<typeof keys.noteUse>) => keys.noteUse(...use)),
  };
  const revocations = { latest: counted('latest', (...of: Parameters<typeof marks.latest>) => marks.latest(...of)) };
  const instance = () =>
    createGuard({
      issuer,
      servers: [server, notes, closed, only],
      keys: publish([pair.key]),
      isAlive: async () => true,
      clock,
      verifyKey: apiKeyVerifier({ apiKeys, revocations, clock, stage: 'development', seconds }),
      noteKeyUse: keyUseNotes({
        apiKeys,
        clock,
        address: () => '203.0.113.7',
        onFailure: (error) => void failures.push(error),
      }),
      audit: { record: (event) => void log.push(event) },
    });
  const guard = instance();
  const ask = (headers: Headers, path = '/mcp', by = guard) => {
    const lines = Object.entries(headers).map(([name, value]) => [name, [value].flat()]);
    const event = { methodArn: 'arn:m', path, httpMethod: 'POST', multiValueHeaders: Object.fromEntries(lines) };
    return by(event as unknown as APIGatewayRequestAuthorizerEvent);
  };
  /** The reason in the log of a call that looks like any other 401 from outside. */
  const reasonOf = async (headers: Headers, path?: string): Promise<string> => {
    log.length = 0;
    await expect(ask(headers, path)).rejects.toThrow(/^Unauthorized$/);
    expect(log).toHaveLength(1);
    expect(JSON.stringify(log)).not.toMatch(/gh_dev_/);
    return log[0]?.reason ?? '';
  };
  const passes = async (headers: Headers, path?: string) => {
    const { policyDocument } = await ask(headers, path);
    expect(policyDocument.Statement).toMatchObject([{ Effect: 'Allow' }]);
  };
  return { ...house, ask, reasonOf, passes, log, failures, asked, instance, leave: () => void (away = true) };
}

/** A key with a right checksum that nobody was given. */
export function forged(keyId: string): { text: string } {
  for (let tries = 0; ; tries++) {
    const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    const value = [...keyId].reduce((sum, letter) => sum * 62n + BigInt(digits.indexOf(letter)), 0n);
    const id = Buffer.from(value.toString(16).padStart(24, '0'), 'hex');
    const made = writeKeyText('development', id, new Uint8Array(32).fill(tries));
    if (made.keyId === keyId) return made;
  }
}
