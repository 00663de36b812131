import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { LocalLambda } from '../lambda/local-lambda.ts';
import type { Stack, StackResource } from '../template/stack.ts';
import { NotCreatedYet } from '../template/references.ts';
import { askFunction } from './ask-function.ts';

/** What a custom resource answered; kept, so that a restart asks again only where its properties changed. */
interface Created {
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Creates or updates the custom resources of the stack, each after those that it needs, and tells the stack their
 * attributes.
 * @param file where the answers are kept
 * @throws Error with the reason that the function gave
 */
export async function createCustomResources(stack: Stack, lambda: LocalLambda, file: string): Promise<void> {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Created>) : {};
  const customs = [
    ...stack.resourcesOf('Custom::*').filter(({ type }) => type !== 'Custom::LogRetention'),
    ...stack.resourcesOf('AWS::CloudFormation::CustomResource'),
  ];
  let waiting: StackResource[] = customs;
  while (waiting.length > 0) {
    const later: StackResource[] = [];
    for (const resource of waiting) {
      const properties = tryProperties(stack, resource.logicalId);
      if (!properties) {
        later.push(resource);
        continue;
      }
      const created = await ensure(stack, lambda, resource, properties, kept[resource.logicalId]);
      kept[resource.logicalId] = created;
      stack.remember(resource.logicalId, created.physicalId, created.data);
      writeFileSync(file, JSON.stringify(kept, undefined, 2), { mode: 0o600 });
    }
    if (later.length === waiting.length) {
      throw new Error(`custom resources need one another: ${later.map(({ logicalId }) => logicalId).join(', ')}`);
    }
    waiting = later;
  }
}

function tryProperties(stack: Stack, logicalId: string): Record<string, unknown> | undefined {
  try {
    return asTexts(stack.properties(logicalId)) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof NotCreatedYet) return undefined;
    throw error;
  }
}

async function ensure(
  stack: Stack,
  lambda: LocalLambda,
  resource: StackResource,
  properties: Record<string, unknown>,
  before: Created | undefined,
): Promise<Created> {
  if (before && JSON.stringify(before.properties) === JSON.stringify(properties)) return before;
  const answer = await askFunction(lambda, String(properties.ServiceToken), {
    RequestType: before ? 'Update' : 'Create',
    ServiceToken: properties.ServiceToken,
    StackId: `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/local`,
    LogicalResourceId: resource.logicalId,
    ResourceType: resource.type,
    ResourceProperties: properties,
    ...(before ? { PhysicalResourceId: before.physicalId, OldResourceProperties: before.properties } : {}),
  });
  if (answer.Status !== 'SUCCESS') {
    throw new Error(`custom resource ${resource.logicalId} (${resource.type}) failed: ${answer.Reason ?? 'no reason'}`);
  }
  return { physicalId: answer.PhysicalResourceId ?? resource.logicalId, properties, data: answer.Data ?? {} };
}

/** CloudFormation hands every number and boolean on as a text. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, asTexts(entry)]));
}
