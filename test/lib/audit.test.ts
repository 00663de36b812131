import { Duration } from 'aws-cdk-lib';
import { beforeAll, expect, test } from 'vitest';
import type { Synthesized } from './synthesize.ts';
import { flat, statements, synthesize } from './synthesize.ts';

let stack: Synthesized;
beforeAll(() => {
  stack = synthesize({ stage: 'development' });
});

test('F-G3 the logs of all that decide are subscribed for audit events, and the audit log itself is not', () => {
  const filters = stack.of('AWS::Logs::SubscriptionFilter').map(([, { Properties }]) => Properties);
  const names = filters.map(({ LogGroupName }) =>
    flat(LogGroupName).replace(/^\$\{Functions(\w+)Log[0-9A-F]{8}\}$/, '$1'),
  );
  expect(names.toSorted()).toEqual([
    ...['Account', 'Admin', 'Guard', 'Interaction', 'Registration', 'ServerTodo', 'Token'],
  ]);
  for (const { FilterPattern, DestinationArn } of filters) {
    expect(FilterPattern).toBe('{ $.message = "audit" }');
    expect(flat(DestinationArn)).toMatch(/^\$\{FunctionsAuditHandler\w+\.Arn\}$/);
  }
});

test('F-G3 only the audit function may put events, on the default bus alone', () => {
  const holders = statements(stack).filter(({ actions }) => actions.includes('events:PutEvents'));
  expect(holders.map(({ policy }) => policy)).toEqual([expect.stringMatching(/^FunctionsAudit/)]);
  expect(holders[0]!.resources).toEqual([expect.stringMatching(/:event-bus\/default$/)]);
});

test('F-G3 only CloudWatch Logs may invoke it, each log group by its ARN', () => {
  const permissions = stack
    .of('AWS::Lambda::Permission')
    .filter(([, { Properties }]) => flat(Properties['FunctionName']).includes('Audit'));
  expect(permissions).toHaveLength(7);
  for (const [, { Properties }] of permissions) {
    expect(Properties['Principal']).toBe('logs.amazonaws.com');
    expect(flat(Properties['SourceArn'])).toMatch(/Log[0-9A-F]{8}\.Arn\}$/);
  }
});

test.each([Duration.hours(36), Duration.hours(1), Duration.days(3651)])(
  'a retention of %s is refused',
  (auditRetention) => {
    expect(() => synthesize({ auditRetention })).toThrow(/auditRetention/);
  },
);
