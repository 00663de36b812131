import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { LocalLambda } from '../lambda/local-lambda.ts';
import type { Stack, StackResource } from '../template/stack.ts';
import { NotCreatedYet } from '../template/references.ts';
import { askFunction } from './ask-function.ts';
import type { Created } from './created.ts';
import { eventBase } from './created.ts';
import { deleteCustomResource } from './delete-custom-resource.ts';

/**
 * Creates or updates the custom resources of the stack, each after those that it needs, and tells the stack their
 * attributes. Then it deletes those that left the template or were replaced, in the order of CloudFormation.
 * @param file where the answers are kept
 * @throws Error with the reason that the function gave
 */
export async function createCustomResources(stack: Stack, lambda: LocalLambda, file: string): Promise<void> {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Created>) : {};
  const customs = [
    ...stack.resourcesOf('Custom::*').filter(({ type }) => type !== 'Custom::LogRetention'),
    ...stack.resourcesOf('AWS::CloudFormation::CustomResource'),
  ];
  const save = (): void => writeFileSync(file, JSON.stringify(kept, undefined, 2), { mode: 0o600 });
  const replaced: [string, Created][] = [];
  let waiting: StackResource[] = customs;
  while (waiting.length > 0) {
    const later: StackResource[] = [];
    for (const resource of waiting) {
      const properties = tryProperties(stack, resource.logicalId);
      if (!properties) {
        later.push(resource);
        continue;
      }
      const before = kept[resource.logicalId];
      const created = await ensure(stack, lambda, resource, properties, before);
      if (before && before.physicalId !== created.physicalId) replaced.push([resource.logicalId, before]);
      kept[resource.logicalId] = created;
      stack.remember(resource.logicalId, created.physicalId, created.data);
      save();
    }
    if (later.length === waiting.length) {
      throw new Error(`custom resources need one another: ${later.map(({ logicalId }) => logicalId).join(', ')}`);
    }
    waiting = later;
  }
  for (const [logicalId, created] of replaced) await deleteCustomResource(stack, lambda, logicalId, created);
  for (const [logicalId, created] of Object.entries(kept)) {
    if (customs.some((resource) => resource.logicalId === logicalId)) continue;
    await deleteCustomResource(stack, lambda, logicalId, created);
    delete kept[logicalId];
    save();
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
    ...eventBase(stack, resource.logicalId, { type: resource.type, properties }),
    ...(before ? { PhysicalResourceId: before.physicalId, OldResourceProperties: before.properties } : {}),
  });
  if (answer.Status !== 'SUCCESS') {
    throw new Error(`custom resource ${resource.logicalId} (${resource.type}) failed: ${answer.Reason ?? 'no reason'}`);
  }
  return {
    physicalId: answer.PhysicalResourceId ?? resource.logicalId,
    type: resource.type,
    properties,
    data: answer.Data ?? {},
  };
}

/** CloudFormation hands every number and boolean on as a text. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, asTexts(entry)]));
}
