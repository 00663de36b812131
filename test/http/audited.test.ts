import { describe, expect, test } from 'vitest';
import { OAuthError } from '../../lambdas/core/errors.ts';
import { audited } from '../../lambdas/http/audited.ts';
import { claimedClient } from '../../lambdas/http/claimed-client.ts';
import { auditLog } from '../core/fixtures.ts';

const refusal = { type: 'token.refused', clientId: 'client-1', grantType: 'refresh_token' };

describe('F-G3 a refusal', () => {
  test('is recorded with its reason, and goes on as it was', async () => {
    const audit = auditLog();
    const error = new OAuthError('invalid_grant', 'spent', { reason: 'code_spent' });
    await expect(audited(audit, refusal, () => Promise.reject(error))).rejects.toBe(error);
    expect(audit.events).toEqual([{ ...refusal, decision: 'refused', reason: 'code_spent' }]);
  });

  test('that nobody meant is recorded without a word of it', async () => {
    const audit = auditLog();
    const error = new TypeError('code gc_a.b.c is bad');
    await expect(audited(audit, refusal, () => Promise.reject(error))).rejects.toBe(error);
    expect(audit.events).toEqual([{ ...refusal, decision: 'refused', reason: 'unexpected' }]);
  });

  test('of a device that still waits is none; a success is for others to record', async () => {
    const audit = auditLog();
    const pending = new OAuthError('authorization_pending', 'wait');
    await expect(audited(audit, refusal, () => Promise.reject(pending))).rejects.toBe(pending);
    expect(await audited(audit, refusal, () => Promise.resolve(7))).toBe(7);
    expect(audit.events).toEqual([]);
  });
});

describe('F-G3 the client that a request claims', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  const claimed = (query: string, authorizationHeader?: string) =>
    claimedClient({
      params: new URLSearchParams(query),
      ...(authorizationHeader !== undefined && { authorizationHeader }),
    });

  test('is in the form or before the colon of Basic, never behind it', () => {
    expect(claimed('client_id=a&client_secret=b')).toBe('a');
    expect(claimed('', basic('a:secret'))).toBe('a');
    expect(claimed('', basic('secret-alone'))).toBeUndefined();
  });

  test.each([undefined, 'Bearer eyJx.y.z', 'Basic !', 'Basic'])('is not read from %s', (header) => {
    expect(claimed('', header)).toBeUndefined();
  });
});
