import { expect, test } from 'vitest';
import { freshness } from '../../../lambdas/adapters/guarded-fetch/freshness.ts';

const date = 'Sun, 06 Nov 1994 08:49:37 GMT';
const hourLater = 'Sun, 06 Nov 1994 09:49:37 GMT';
const now = Date.parse(date) + 600_000;

test.each([
  ['says nothing', {}, undefined],
  ['max-age', { 'cache-control': 'public, max-age=300' }, 300],
  ['max-age in quotes and capitals', { 'cache-control': 'Public , MAX-AGE="300"' }, 300],
  ['s-maxage is for shared caches, and this is one', { 'cache-control': 'max-age=300, s-maxage=900' }, 900],
  ['the first of two counts', { 'cache-control': 'max-age=300, max-age=900' }, 300],
  ['Age is taken off', { 'cache-control': 'max-age=300', age: '100' }, 200],
  ['older than it may be', { 'cache-control': 'max-age=300', age: '1000' }, 0],
  ['max-age is stronger than Expires', { 'cache-control': 'max-age=300', expires: '0' }, 300],
  ['Expires counts from Date', { expires: hourLater, date }, 3600],
  ['Expires without Date counts from now', { expires: hourLater }, 3000],
  ['Expires in the past', { expires: date, date: hourLater }, 0],
  ['Expires that is no date', { expires: '0', date }, 0],
  ['Expires that is no date either', { expires: '2099', date }, 0],
  ['malformed max-age', { 'cache-control': 'max-age=soon' }, 0],
  ['negative max-age', { 'cache-control': 'max-age=-1' }, 0],
  ['max-age without a value', { 'cache-control': 'max-age' }, 0],
  ['no-store', { 'cache-control': 'no-store, max-age=300' }, 0],
  ['no-cache', { 'cache-control': 'max-age=300, no-cache' }, 0],
  ['private', { 'cache-control': 'private="x", max-age=300' }, 0],
])('AS-26 RFC 9111: %s', (_, headers, seconds) => {
  expect(freshness(headers, now)).toBe(seconds);
});
