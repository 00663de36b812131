import { randomUUID } from 'node:crypto';
import type { LocalLambda, Outcome } from '../lambda/local-lambda.ts';
import type { Properties, Stack } from '../template/stack.ts';

interface Target {
  readonly functionArn: string;
  readonly input: unknown;
}

/** Logical ids of the rules and schedules of the stack. They never run by the clock here. */
export function scheduleIds(stack: Stack): string[] {
  return ['AWS::Events::Rule', 'AWS::Scheduler::Schedule'].flatMap((type) =>
    stack
      .resourcesOf(type)
      .filter(({ logicalId }) => type !== 'AWS::Events::Rule' || stack.properties(logicalId).ScheduleExpression)
      .map(({ logicalId }) => logicalId),
  );
}

/** Runs a schedule now. */
export async function runSchedule(stack: Stack, lambda: LocalLambda, logicalId: string): Promise<Outcome[]> {
  const targets = targetsOf(stack, logicalId, stack.properties(logicalId));
  return Promise.all(targets.map((target) => lambda.invoke(target.functionArn, target.input)));
}

function targetsOf(stack: Stack, logicalId: string, properties: Properties): Target[] {
  const targets = (properties.Targets ?? [properties.Target]) as { Arn: string; Input?: string }[];
  return targets
    .filter((target) => target.Arn.includes(':lambda:'))
    .map((target) => ({
      functionArn: target.Arn,
      input: target.Input === undefined ? scheduledEvent(stack, logicalId) : (JSON.parse(target.Input) as unknown),
    }));
}

function scheduledEvent(stack: Stack, logicalId: string): unknown {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: stack.account,
    time: new Date().toISOString(),
    region: stack.region,
    resources: [stack.attribute(logicalId, 'Arn')],
    detail: {},
  };
}
