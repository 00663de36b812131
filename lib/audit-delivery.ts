import { Stack } from 'aws-cdk-lib';
import { FilterPattern, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Construct } from 'constructs';
import type { Functions } from './functions.ts';

/**
 * Brings audit events from the logs to the audit function, which writes the table and publishes to EventBridge
 * (docs/decisions/0019). No request waits for it, and what it has not delivered is still in the log. Nothing here is
 * billed but by event. The function's own log is not subscribed: it would feed itself.
 */
export class AuditDelivery extends Construct {
  constructor(scope: Construct, id: string, { audit, auditedLogs }: Functions) {
    super(scope, id);
    const bus = Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
    audit.allow(['events:PutEvents'], bus);
    const destination = new LambdaDestination(audit.handler);
    const filterPattern = FilterPattern.stringValue('$.message', '=', 'audit');
    for (const [name, logGroup] of auditedLogs) {
      new SubscriptionFilter(this, name, { logGroup, destination, filterPattern });
    }
  }
}
