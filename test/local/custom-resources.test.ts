import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCustomResources } from '../../local/custom-resources/create-custom-resources.ts';
import type { LocalLambda } from '../../local/lambda/local-lambda.ts';
import type { Stack } from '../../local/template/stack.ts';

interface Told {
  readonly RequestType: string;
  readonly LogicalResourceId: string;
  readonly ResourceType: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly id?: string; readonly refuses?: string };
  readonly ResponseURL: string;
}

let folder: string;
let told: Told[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'custom-resources-'));
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Answers with the `id` of the properties, as the function of a client does. */
const lambda = {
  async invoke(_arn: string, event: unknown) {
    const asked = event as Told;
    told.push(asked);
    const { id, refuses } = asked.ResourceProperties;
    const PhysicalResourceId = asked.RequestType === 'Delete' ? asked.PhysicalResourceId : id;
    const Status = refuses === asked.RequestType ? 'FAILED' : 'SUCCESS';
    await fetch(asked.ResponseURL, {
      method: 'PUT',
      body: JSON.stringify({ Status, Reason: 'it was asked to fail', PhysicalResourceId }),
    });
    return { kind: 'result', payload: 'null' };
  },
} as unknown as LocalLambda;

/** Deploys a template with these custom resources. @param functions whose ARNs the template holds */
async function deploy(resources: Record<string, object>, functions = ['registrar']): Promise<string[]> {
  told = [];
  const stack = {
    name: 'Stack',
    account: '111122223333',
    region: 'eu-central-1',
    resourcesOf: (type: string) => {
      if (type === 'Custom::*')
        return Object.keys(resources).map((logicalId) => ({ logicalId, type: 'Custom::Client' }));
      return type === 'AWS::Lambda::Function' ? functions.map((logicalId) => ({ logicalId, type })) : [];
    },
    attribute: (logicalId: string) => `arn:${logicalId}`,
    properties: (logicalId: string) => ({ ServiceToken: 'arn:registrar', ...resources[logicalId] }),
    remember: () => undefined,
  } as unknown as Stack;
  await createCustomResources(stack, lambda, join(folder, 'custom-resources.json'));
  return told.map(({ RequestType, LogicalResourceId, PhysicalResourceId = 'none' }) =>
    [RequestType, LogicalResourceId, PhysicalResourceId].join(' '),
  );
}

const kept = () => Object.keys(JSON.parse(readFileSync(join(folder, 'custom-resources.json'), 'utf8')) as object);

test('D11 a custom resource that left the template is deleted, once, with the properties that it had', async () => {
  expect(await deploy({ A: { id: 'a' }, B: { id: 'b' } })).toEqual(['Create A none', 'Create B none']);
  expect(await deploy({ A: { id: 'a' } })).toEqual(['Delete B b']);
  expect(told[0]).toMatchObject({ ResourceType: 'Custom::Client', ResourceProperties: { id: 'b' } });
  expect(kept()).toEqual(['A']);
  expect(await deploy({ A: { id: 'a' } })).toEqual([]);
});

test('D11 what an update replaced is deleted after the new one was made', async () => {
  await deploy({ A: { id: 'a' } });
  expect(await deploy({ A: { id: 'next' } })).toEqual(['Update A a', 'Delete A a']);
  expect(told[1]?.ResourceProperties.id).toBe('a');
  expect(await deploy({ A: { id: 'next' } })).toEqual([]);
});

test('D11 a function that left too is not asked', async () => {
  await deploy({ A: { id: 'a' } });
  expect(await deploy({}, [])).toEqual([]);
  expect(kept()).toEqual([]);
});

test('D11 a deletion that fails fails the start with its reason, and is tried again', async () => {
  await deploy({ A: { id: 'a', refuses: 'Delete' } });
  for (const _ of [1, 2]) {
    await expect(deploy({})).rejects.toThrow('custom resource A was not deleted: it was asked to fail');
    expect(kept()).toEqual(['A']);
  }
});
