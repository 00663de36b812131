import type { Stack } from '../template/stack.ts';

/** What a custom resource answered; kept, so that a restart asks again only where its properties changed. */
export interface Created {
  readonly physicalId: string;
  readonly type?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What CloudFormation says of a custom resource in every event. */
export function eventBase(
  stack: Stack,
  logicalId: string,
  { type, properties }: Pick<Created, 'type' | 'properties'>,
): Record<string, unknown> {
  return {
    ServiceToken: properties.ServiceToken,
    StackId: `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/local`,
    LogicalResourceId: logicalId,
    ResourceType: type,
    ResourceProperties: properties,
  };
}
