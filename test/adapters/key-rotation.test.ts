import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { publishedKeys } from '../../lambdas/adapters/published-keys.ts';
import { tableAccess } from '../../lambdas/contract/tables.ts';
import { engines } from '../rig/engines.ts';
import type { LocalCloud } from './local-cloud.ts';
import { keyArn, localCloud } from './local-cloud.ts';

interface Answer {
  readonly Status: string;
  readonly PhysicalResourceId: string;
  readonly Reason?: string;
  readonly Data?: Record<string, string>;
}

/** Where CloudFormation waits for the answer. */
let bucket: Server;
let answers: { body: Answer; contentType: string | undefined }[];
let refusals = 0;
let responseUrl: string;

beforeAll(async () => {
  bucket = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const refused = refusals-- > 0;
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Answer;
      if (!refused) answers.push({ body, contentType: request.headers['content-type'] });
      response.writeHead(refused ? 503 : 200).end();
    });
  });
  await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve));
  responseUrl = `http://127.0.0.1:${(bucket.address() as AddressInfo).port}/answer?Signature=secret`;
});
afterAll(() => new Promise((resolve) => bucket.close(resolve)));

function event(changes: object): CloudFormationCustomResourceEvent {
  return {
    ServiceToken: 'arn',
    ResponseURL: responseUrl,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'SigningKey',
    ResourceType: 'Custom::SigningKey',
    ...changes,
  } as unknown as CloudFormationCustomResourceEvent;
}

describe.each(engines)('the signing key resource, with no more than its role allows (%s)', (kind) => {
  let cloud: LocalCloud;
  let handler: (event: CloudFormationCustomResourceEvent) => Promise<void>;

  beforeAll(async () => {
    vi.stubEnv('GATEHOUSE_DYNAMODB', kind);
    const statements = [
      { Effect: 'Allow', Action: tableAccess['key-rotation'].SigningKeys, Resource: '*' },
      // For the reader in this test
      { Effect: 'Allow', Action: ['kms:GetPublicKey', 'dynamodb:Query'], Resource: '*' },
    ];
    const key = (id: string, KeySpec: string) => ({
      arn: keyArn(id),
      properties: { KeySpec, KeyUsage: 'SIGN_VERIFY' },
    });
    const keys = [key('first', 'RSA_2048'), key('second', 'ECC_NIST_P256')];
    cloud = await localCloud({ table: 'SigningKeys', keys, statements });
    for (const service of ['DYNAMODB', 'KMS']) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, cloud.endpoint);
    vi.stubEnv('AWS_REGION', cloud.config.region);
    vi.stubEnv('AWS_ACCESS_KEY_ID', cloud.config.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', cloud.config.credentials.secretAccessKey);
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
    vi.stubEnv('TABLE_SIGNING_KEYS', 'SigningKeys');
    vi.resetModules();
    ({ handler } = await import('../../lambdas/key-rotation.ts'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await cloud.remove();
  });
  beforeEach(() => {
    answers = [];
    refusals = 0;
  });

  const published = () => publishedKeys('SigningKeys', { now: () => 0 }).list();
  const create = (keyArn: string, algorithm: string) =>
    handler(event({ RequestType: 'Create', ResourceProperties: { keyArn, algorithm } }));

  test('Create publishes the key, and its kid is the id of the resource', async () => {
    await create(keyArn('first'), 'RS256');
    const [key] = await published();
    expect(key).toMatchObject({ algorithm: 'RS256', keyArn: keyArn('first'), state: 'signing' });
    expect(answers).toEqual([
      {
        body: {
          Status: 'SUCCESS',
          PhysicalResourceId: key?.kid,
          StackId: 'stack',
          RequestId: 'request',
          LogicalResourceId: 'SigningKey',
          Data: { kid: key?.kid },
        },
        contentType: '',
      },
    ]);
  });

  test('Create again changes nothing', async () => {
    const before = await published();
    await create(keyArn('first'), 'RS256');
    expect(answers[0]?.body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: before[0]?.kid });
    expect(await published()).toEqual(before);
  });

  test('Update with another key publishes it and keeps the old one; Delete removes neither', async () => {
    const [first] = await published();
    const properties = { keyArn: keyArn('second'), algorithm: 'ES256' };
    const PhysicalResourceId = first?.kid;
    await handler(event({ RequestType: 'Update', PhysicalResourceId, ResourceProperties: properties }));
    const keys = await published();
    expect(keys.map((key) => key.keyArn).sort()).toEqual([keyArn('first'), keyArn('second')]);
    expect(answers[0]?.body.PhysicalResourceId).toBe(keys.find((key) => key.algorithm === 'ES256')?.kid);
    await handler(event({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties: {} }));
    expect(answers[1]?.body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
    expect(await published()).toEqual(keys);
  });

  test('Update to a key that was published before lets it sign again: a change that was taken back', async () => {
    const newest = async () => (await published()).toSorted((a, b) => b.createdAt - a.createdAt)[0]?.keyArn;
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
    const ResourceProperties = { keyArn: keyArn('second'), algorithm: 'ES256' };
    await handler(event({ RequestType: 'Update', PhysicalResourceId: 'first', ResourceProperties }));
    expect(await newest()).toBe(keyArn('second'));
    vi.setSystemTime(Date.now() + 60_000);
    const before = { keyArn: keyArn('first'), algorithm: 'RS256' };
    await handler(event({ RequestType: 'Update', PhysicalResourceId: 'second', ResourceProperties: before }));
    expect(await newest()).toBe(keyArn('first'));
    expect(await published()).toHaveLength(2);
    vi.useRealTimers();
  });

  test.each([
    ['an unknown key', { keyArn: keyArn('none'), algorithm: 'RS256' }],
    ['a key that cannot sign the algorithm', { keyArn: keyArn('first'), algorithm: 'ES256' }],
    ['an unknown algorithm', { keyArn: keyArn('first'), algorithm: 'HS256' }],
    ['no properties', {}],
  ])('%s is a failure with a reason, and nothing is published', async (_, ResourceProperties) => {
    const before = await published();
    await handler(event({ RequestType: 'Create', ResourceProperties }));
    expect(answers[0]?.body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'SigningKey' });
    expect(answers[0]?.body.Reason).toMatch(/^the signing key was not published: .{10}/);
    await handler(event({ RequestType: 'Update', PhysicalResourceId: 'kept', ResourceProperties }));
    expect(answers[1]?.body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'kept' });
    expect(await published()).toEqual(before);
  });

  test('an answer that is not taken is given again; a lasting refusal is an error without the signed URL', async () => {
    refusals = 2;
    await create(keyArn('first'), 'RS256');
    expect(answers).toHaveLength(1);
    refusals = 3;
    const error = await create(keyArn('first'), 'RS256').catch((thrown: unknown) => thrown as Error);
    expect(String(error)).toContain('status 503');
    expect(String(error)).not.toContain('Signature');
  });
});
