import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetResourcePolicyCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as openid from 'openid-client';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { AdminApi } from '../rig/admin-api.ts';
import { callMcp } from '../rig/mcp-call.ts';
import { OAuthClient } from '../rig/oauth-client.ts';

const { baseUrl, mcpUrls, statePath } = inject('gatehouse');
const mcpUrl = mcpUrls['todo'] ?? '';
const file = JSON.parse(readFileSync(join(statePath, 'runner.json'), 'utf8')) as Record<string, string>;
const secrets = new SecretsManagerClient({
  endpoint: file['awsEndpoint']!,
  region: 'us-east-1',
  credentials: { accessKeyId: file['operatorKeyId']!, secretAccessKey: 'local' },
});
const worker = 'arn:aws:iam::123456789012:role/nightly';
const metadata = (changes: object = {}) => ({
  clientName: `Nightly ${randomUUID()}`,
  scopes: ['todo:read', 'todo:write'],
  secretReaders: [worker],
  ...changes,
});
let admin: AdminApi;
beforeAll(async () => {
  admin = await AdminApi.signIn(baseUrl);
});

interface Made {
  readonly client: string;
  readonly secret: string;
  readonly secretArn: string;
}
const make = async (changes: object = {}): Promise<Made> => {
  const { status, body } = await admin.call('POST', '/clients', metadata(changes));
  expect([status, body]).toEqual([201, expect.anything()]);
  return body as unknown as Made;
};
const read = async (SecretId: string) => (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;

/** A token by the grant that openid-client sends, or the name of the error. */
const ask = async (client: string, secret: string): Promise<string> => {
  const basic = openid.ClientSecretBasic(secret);
  const options: openid.DiscoveryRequestOptions = { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] };
  const config = await openid.discovery(new URL(baseUrl), client, undefined, basic, options);
  const error = (thrown: unknown) => ({ access_token: String((thrown as { error?: string }).error) });
  return (await openid.clientCredentialsGrant(config, { resource: mcpUrl }).catch(error)).access_token;
};
const tool = (token: string, name: string, args: object) =>
  callMcp(mcpUrl, token, { method: 'tools/call', params: { name, arguments: args } });

describe('F-B5 a machine client made by an administrator', () => {
  test('gets a token by client_credentials and calls a tool; AWS workloads find its secret in Secrets Manager', async () => {
    const { client, secret, secretArn } = await make();
    expect(await read(secretArn)).toBe(secret);
    const { ResourcePolicy = '' } = await secrets.send(new GetResourcePolicyCommand({ SecretId: secretArn }));
    expect(JSON.parse(ResourcePolicy)).toMatchObject({
      Statement: [{ Effect: 'Allow', Principal: { AWS: [worker] }, Action: 'secretsmanager:GetSecretValue' }],
    });
    const answer = await tool(await ask(client, secret), 'create_todo', { title: 'made by a machine' });
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('made by a machine') as string });
  });

  test('has its scopes and no more', async () => {
    const { client, secret } = await make({ scopes: ['todo:read'] });
    const token = await ask(client, secret);
    expect(await tool(token, 'list_todos', {})).toMatchObject({ status: 200 });
    expect(await tool(token, 'create_todo', { title: 'no' })).toMatchObject({ status: 403 });
  });

  test('after a rotation both secrets work at once, on warm instances too, and AWS workloads read the new one', async () => {
    const { client, secret, secretArn } = await make();
    await ask(client, secret);
    const { status, body } = await admin.call('POST', `/clients/${client}/secret`, { overlapHours: 1 });
    expect(status).toBe(201);
    const rotated = String(body['secret']);
    expect(await read(secretArn)).toBe(rotated);
    for (const each of [rotated, secret]) {
      expect(await tool(await ask(client, each), 'list_todos', {})).toMatchObject({ status: 200 });
    }
    expect(await ask(client, 'gs_wrong')).toBe('invalid_client');
  });

  test('deleted it is unknown, and its secret is gone', async () => {
    const { client, secretArn } = await make();
    expect((await admin.call('DELETE', `/clients/${client}`)).status).toBe(200);
    expect((await admin.call('GET', `/clients/${client}`)).status).toBe(404);
    await expect(read(secretArn)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('an app that it made signs people in', async () => {
    const redirectUris = ['http://127.0.0.1/callback'];
    const { client } = await make({ redirectUris, scopes: [], secretReaders: [], authMethod: 'none' });
    const app = new OAuthClient(baseUrl, client);
    const { accessToken } = await app.signIn({ parameters: { resource: mcpUrl } });
    expect((await callMcp(mcpUrl, accessToken)).status).toBe(200);
  });
});

describe('F-D2 what an administrator gets wrong', () => {
  test('a mistake is told at its field', async () => {
    const { status, body } = await admin.call('POST', '/clients', metadata({ scopes: ['todo:fly'] }));
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errors: [{ field: 'scopes', message: expect.stringContaining('todo:read') as string }],
    });
  });

  test('of two who change a client at once one is told, with 409', async () => {
    const { client } = await make();
    const change = () => admin.call('PUT', `/clients/${client}`, metadata({ version: 0 }));
    const answers = await Promise.all([change(), change()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('a repeated request gives the same answer', async () => {
    const [wanted, headers] = [metadata(), { 'idempotency-key': randomUUID() }];
    const first = await admin.call('POST', '/clients', wanted, headers);
    const second = await admin.call('POST', '/clients', wanted, headers);
    expect(second.body).toEqual(first.body);
  });
});
