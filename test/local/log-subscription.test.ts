import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { deliveryOf, patternOf } from '../../local/logs/subscription.ts';

test('a pattern picks the lines whose member says so', () => {
  const fits = patternOf('{ $.message = "audit" }')!;
  expect(fits('{"message":"audit","type":"a"}')).toBe(true);
  for (const line of ['{"message":"request","type":"audit"}', 'audit', '{"message":"audit"', '["audit"]', '']) {
    expect(fits(line)).toBe(false);
  }
});

test.each(['', '"audit"', '{ $.a = "b" && $.c = "d" }', '{ $.a.b = "c" }', '{ $.a = "b*" }', '{ $.a > 1 }'])(
  'a pattern that is not understood is said to be so: %s',
  (pattern) => expect(patternOf(pattern)).toBeUndefined(),
);

test('a delivery is what CloudWatch Logs sends', () => {
  const { awslogs } = deliveryOf('group', ['one', 'two'], 1000) as { awslogs: { data: string } };
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString())).toMatchObject({
    messageType: 'DATA_MESSAGE',
    logGroup: 'group',
    logEvents: [
      { message: 'one', timestamp: 1000 },
      { message: 'two', timestamp: 1000 },
    ],
  });
});
