import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { dynamoClients } from '../../lambdas/adapters/dynamodb/clients.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';
import { tableAccess } from '../../lambdas/contract/tables.ts';
import { digest } from '../../lambdas/core/digest.ts';
import type { Clients } from '../../lambdas/core/ports/clients.ts';
import { engines } from '../rig/engines.ts';
import type { LocalCloud } from './local-cloud.ts';
import { localCloud, secretArn } from './local-cloud.ts';

/** Where CloudFormation waits for the answer. */
let bucket: Server;
let responseUrl: string;
let answers: { readonly Status: string; readonly PhysicalResourceId: string; readonly Reason?: string }[];

beforeAll(async () => {
  bucket = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      answers.push(JSON.parse(Buffer.concat(chunks).toString()) as (typeof answers)[number]);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve));
  responseUrl = `http://127.0.0.1:${(bucket.address() as AddressInfo).port}/answer`;
});
afterAll(() => new Promise((resolve) => bucket.close(resolve)));

const metadata = {
  client_id: 'portal',
  client_name: 'Portal',
  redirect_uris: ['https://portal.example/cb'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'client_secret_basic',
};

describe.each(engines)('F-A4 the client resource, with no more than its role allows (%s)', (kind) => {
  let cloud: LocalCloud;
  let clients: Clients;
  let handler: (event: CloudFormationCustomResourceEvent) => Promise<void>;

  beforeAll(async () => {
    vi.stubEnv('GATEHOUSE_DYNAMODB', kind);
    const secret = (name: string) => ({ arn: secretArn(name), properties: { SecretString: `${name} string` } });
    cloud = await localCloud({
      table: 'Clients',
      secrets: [secret('portal'), secret('other')],
      statements: [
        { Effect: 'Allow', Action: tableAccess['client-registrar'].Clients, Resource: '*' },
        { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: secretArn('portal') },
        // For the reader in this test
        { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' },
      ],
    });
    for (const service of ['DYNAMODB', 'SECRETS_MANAGER']) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, cloud.endpoint);
    vi.stubEnv('AWS_REGION', cloud.config.region);
    vi.stubEnv('AWS_ACCESS_KEY_ID', cloud.config.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', cloud.config.credentials.secretAccessKey);
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
    vi.stubEnv('TABLE_CLIENTS', 'Clients');
    vi.resetModules();
    ({ handler } = await import('../../lambdas/client-registrar.ts'));
    clients = dynamoClients(documentClient(cloud.config), 'Clients');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await cloud.remove();
  });
  beforeEach(() => {
    answers = [];
  });

  const find = (clientId: string) => clients.find(clientId, 4e9);
  const tell = async (RequestType: string, changes: object, more: object = {}) => {
    const ResourceProperties = {
      metadata: JSON.stringify({ ...metadata, ...changes }),
      secretArn: secretArn('portal'),
      ...more,
    };
    await handler({
      RequestType,
      ServiceToken: 'arn',
      ResponseURL: responseUrl,
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'ClientsPortal',
      ResourceType: 'Custom::Client',
      ...(RequestType !== 'Create' && { PhysicalResourceId: 'portal' }),
      ResourceProperties,
    } as unknown as CloudFormationCustomResourceEvent);
    return answers.at(-1);
  };

  test('Create writes the client with the digest of its secret; its id is the id of the resource', async () => {
    expect(await tell('Create', {})).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'portal' });
    expect(await find('portal')).toMatchObject({
      kind: 'pre-registered',
      clientName: 'Portal',
      secretDigest: digest('portal string'),
      // F-D2 The console leaves it to the next deployment.
      managedBy: 'stack',
    });
    expect(await find('portal')).not.toHaveProperty('expiresAt');
    expect(JSON.stringify(answers)).not.toContain('portal string');
  });

  test('Update replaces it', async () => {
    const keys = {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }] },
    };
    expect(await tell('Update', keys, { secretArn: undefined })).toMatchObject({ Status: 'SUCCESS' });
    expect(await find('portal')).toMatchObject({ tokenEndpointAuthMethod: 'private_key_jwt', jwks: keys.jwks });
    expect(await find('portal')).not.toHaveProperty('secretDigest');
  });

  test('Update to another id answers with it, so that CloudFormation deletes the old one', async () => {
    expect(await tell('Update', { client_id: 'gate' })).toMatchObject({ PhysicalResourceId: 'gate' });
    expect(await find('portal')).toBeDefined();
    expect(await tell('Delete', {})).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'portal' });
    expect(await find('portal')).toBeUndefined();
    expect(await find('gate')).toBeDefined();
  });

  test('Delete again is no failure, and neither is that of a client whose creation failed', async () => {
    expect(await tell('Delete', {})).toMatchObject({ Status: 'SUCCESS' });
    expect(await tell('Delete', {}, { metadata: 'nonsense' })).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each<[string, object, object]>([
    ['a redirect URI that cannot be registered', { redirect_uris: ['http://evil.example/'] }, {}],
    ['a grant type that is not supported', { grant_types: ['password'] }, {}],
    ['a secret that the function may not read', {}, { secretArn: secretArn('other') }],
    ['no secret', {}, { secretArn: undefined }],
    ['metadata that are no JSON', {}, { metadata: '{' }],
    ['no metadata', {}, { metadata: undefined }],
  ])('%s is a failure with a reason, and nothing is written', async (_name, changes, more) => {
    const answer = await tell('Create', { ...changes, client_id: 'failed' }, more);
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'ClientsPortal' });
    expect(answer?.Reason).toMatch(/^the client was not registered: .{5}/);
    expect(await find('failed')).toBeUndefined();
    // CloudFormation goes back to what was before, and the old client stays.
    expect(await tell('Update', { ...changes, client_id: 'failed' }, more)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'portal',
    });
  });
});
