import { describe, expect, test } from 'vitest';
import { readExpiry } from '../../../lambdas/core/api-keys/expiry.ts';

/** Saturday, 21 November 2026, 12:00 UTC. */
const now = 1_795_262_400;
const day = 86_400;

describe('F-B1 when a key expires', () => {
  test.each([
    ['7d', now + 7 * day],
    ['30d', now + 30 * day],
    ['90d', now + 90 * day],
    ['1y', now + 365 * day],
    ['never', undefined],
    ['2026-11-21T12:00:01Z', now + 1],
    ['2026-11-21T13:00Z', now + 3600],
    ['2026-11-21T14:00:01+02:00', now + 1],
    ['2028-02-29T00:00:00.5Z', Date.UTC(2028, 1, 29) / 1000],
  ])('%s', (text, at) => expect(readExpiry(text, now)).toEqual({ at }));

  test.each(['2026-11-21T12:00:00Z', '2026-11-21T13:59:59+02:00', '1999-01-01T00:00:00Z'])('%s has passed', (text) =>
    expect(readExpiry(text, now)).toEqual({ problem: expect.stringContaining('passed') }),
  );

  test.each([
    '',
    '8d',
    'Never',
    '30 d',
    '-7d',
    'constructor',
    '2027-01-31',
    '2027-01-31T12:00:00',
    '2027-02-30T12:00:00Z',
    '2027-02-29T12:00:00Z',
    '2027-13-01T12:00:00Z',
    '2027-01-31T25:00:00Z',
    '2027-01-31T12:00:00+99:99',
    '+012027-01-31T12:00:00Z',
    'Jan 31 2027 12:00 UTC',
    '1801483200',
  ])('%j is no expiry, and the message says what is one', (text) =>
    expect(readExpiry(text, now)).toEqual({ problem: expect.stringContaining('30d') }),
  );
});
