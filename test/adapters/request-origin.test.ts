import { expect, test } from 'vitest';
import { requestOrigin } from '../../lambdas/adapters/request-origin.ts';

const cloudFront = '198.51.100.1';

function eventOf(forwarded: string | readonly string[] | undefined, sourceIp = cloudFront, userAgent?: string) {
  return {
    multiValueHeaders: {
      ...(forwarded !== undefined && { 'X-Forwarded-For': [forwarded].flat() }),
      ...(userAgent !== undefined && { 'user-agent': [userAgent] }),
    },
    requestContext: { identity: { sourceIp } },
  };
}

test('F-G3 behind CloudFront the viewer is what CloudFront saw, whatever the viewer claims', () => {
  for (const sent of ['203.0.113.9', '6.6.6.6, 203.0.113.9', ['6.6.6.6', '7.7.7.7, 203.0.113.9']]) {
    const [last, ...before] = [sent].flat().toReversed();
    const event = eventOf([...before.toReversed(), `${last}, ${cloudFront}`]);
    expect(requestOrigin(event, 'cloudfront')).toEqual({ address: '203.0.113.9', connection: cloudFront });
  }
  const six = requestOrigin(eventOf(`2001:db8::1, ${cloudFront}`), 'cloudfront');
  expect(six).toEqual({ address: '2001:db8::1', connection: cloudFront });
});

test('F-G3 without CloudFront the header says nothing: nobody can write an address into the record', () => {
  const event = eventOf('6.6.6.6, 203.0.113.9', '203.0.113.9');
  expect(requestOrigin(event, 'none')).toEqual({ address: '203.0.113.9' });
  expect(requestOrigin(event)).toEqual({ address: '203.0.113.9' });
});

test('F-G3 who goes around CloudFront may claim an address, but the connection shows his own', () => {
  const event = eventOf('6.6.6.6, 203.0.113.66', '203.0.113.66');
  expect(requestOrigin(event, 'cloudfront')).toEqual({ address: '6.6.6.6', connection: '203.0.113.66' });
});

test.each(['gr_a.b.c, x', '<script>, x', `${'1'.repeat(400)}, x`, ''])(
  'F-G3 what is no address is never recorded as one: %s',
  (forwarded) => {
    expect(requestOrigin(eventOf(forwarded), 'cloudfront')).toEqual({ address: cloudFront });
  },
);

test('F-G3 the user agent is cut and has no control characters', () => {
  const { userAgent } = requestOrigin(eventOf(undefined, cloudFront, `a\u0000\r\n\u0085b${'c'.repeat(500)}`));
  expect(userAgent).toBe(`ab${'c'.repeat(198)}`);
});

test.each([undefined, null, {}, { headers: null, multiValueHeaders: null }, 'text'])(
  'an event that is none of API Gateway says nothing: %s',
  (event) => {
    expect(requestOrigin(event, 'cloudfront')).toEqual({});
  },
);
