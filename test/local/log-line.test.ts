import { expect, test } from 'vitest';
import { jsonLine, readableLine } from '../../local/lambda/log-line.ts';

const now = new Date('2026-11-21T12:34:56.789Z');
const event = (text: string) => ({
  functionName: 'Stack-TokenHandlerBF379D1E',
  traceId: 'trace-1',
  level: 'info',
  text,
});

test('a structured line is unfolded into one line, with its trace id', () => {
  const text = JSON.stringify({
    level: 'WARN',
    message: 'refused',
    function: 'token',
    reason: 'spent',
    timestamp: 'x',
    trace_id: 't-2',
  });
  expect(readableLine(event(text), now)).toBe('12:34:56.789  token         WARN   refused  reason=spent  trace=t-2');
});

test('a plain line gets level and trace id of its invocation and stays one line', () => {
  expect(readableLine(event('a\n  b'), now)).toBe('12:34:56.789  TokenHandler  INFO   a ⏎ b  trace=trace-1');
});

test('for programs, every event is one JSON object', () => {
  expect(JSON.parse(jsonLine(event('a\nb'), now))).toMatchObject({
    message: 'a\nb',
    traceId: 'trace-1',
    level: 'info',
  });
});
