import {
  BatchGetItemCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { ListKeysCommand, SignCommand } from '@aws-sdk/client-kms';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grantsTable, keyArn, secretArn, startCloud, tableArn } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof startCloud>>;
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const only = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });
const key = { gid: { S: '1' } };
const get = new GetItemCommand({ TableName: 'Grants', Key: key });
const put = new PutItemCommand({ TableName: 'Grants', Item: key });
const byId = { KeyConditionExpression: '#g = :g', ExpressionAttributeNames: { '#g': 'gid' } };
const byPerson = {
  IndexName: 'by-sub',
  KeyConditionExpression: '#s = :s',
  ExpressionAttributeNames: { '#s': 'sub' },
  ExpressionAttributeValues: { ':s': { S: 'ada' } },
};

beforeAll(async () => {
  cloud = await startCloud(
    {
      reader: [allow('dynamodb:GetItem', [tableArn('Grants')])],
      elsewhere: [allow('dynamodb:*', 'arn:aws:dynamodb:us-west-2:999999999999:table/Grants')],
      other: [allow('dynamodb:*', tableArn('Clients'))],
      wildcard: [allow('dynamodb:Get*', 'arn:aws:dynamodb:*:*:table/Gr?nts')],
      denied: [allow('*', '*'), { Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: '*' }],
      indexed: [allow('dynamodb:Query', [tableArn('Grants'), `${tableArn('Grants')}/index/*`])],
      unindexed: [allow('dynamodb:Query', tableArn('Grants'))],
      own: [allow('dynamodb:*', tableArn('Grants'), only('ForAllValues:StringEquals', 'dynamodb:LeadingKeys', ['1']))],
      rs256: [allow('kms:Sign', keyArn('rsa'), only('StringEquals', 'kms:SigningAlgorithm', 'RSASSA_PSS_SHA_256'))],
      conditional: [allow('dynamodb:*', '*', only('IpAddress', 'aws:SourceIp', '10.0.0.0/8'))],
      negated: [{ Effect: 'Allow', NotAction: 'kms:*', Resource: '*' }],
    },
    {
      tables: [grantsTable, { ...grantsTable, name: 'Clients' }],
      keys: [{ arn: keyArn('rsa'), properties: { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' } }],
      secrets: [{ arn: secretArn('pepper'), properties: { SecretString: 'value' } }],
    },
  );
});
afterAll(() => cloud.remove());

const refused = (action: string) => ({ name: 'AccessDeniedException', message: expect.stringContaining(action) });

test('an action that the role lists is allowed, another one is not', async () => {
  const { dynamodb } = cloud.as('reader');
  await expect(dynamodb.send(get)).resolves.toBeDefined();
  await expect(dynamodb.send(put)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::000000000000:assumed-role/reader is not authorized to perform: dynamodb:PutItem ' +
      'on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/Grants',
  });
  expect(cloud.lines.join('\n')).toContain('iam: reader is not allowed dynamodb:PutItem');
});

test('a table is known by its name, whatever account and region the template names', async () => {
  await expect(cloud.as('elsewhere').dynamodb.send(get)).resolves.toBeDefined();
  await expect(cloud.as('other').dynamodb.send(get)).rejects.toMatchObject(refused('dynamodb:GetItem'));
});

test('wildcards stand for characters', async () => {
  await expect(cloud.as('wildcard').dynamodb.send(get)).resolves.toBeDefined();
  await expect(cloud.as('wildcard').dynamodb.send(put)).rejects.toMatchObject(refused('dynamodb:PutItem'));
});

test('Deny wins over Allow', async () => {
  await expect(cloud.as('denied').dynamodb.send(get)).resolves.toBeDefined();
  await expect(cloud.as('denied').dynamodb.send(put)).rejects.toMatchObject(refused('dynamodb:PutItem'));
});

test('an index is a resource of its own', async () => {
  const query = new QueryCommand({ TableName: 'Grants', ...byPerson });
  await expect(cloud.as('indexed').dynamodb.send(query)).resolves.toBeDefined();
  await expect(cloud.as('unindexed').dynamodb.send(query)).rejects.toMatchObject(refused('table/Grants/index/by-sub'));
});

test('every part of a batch and of a transaction is asked for', async () => {
  const batch = new BatchGetItemCommand({ RequestItems: { Grants: { Keys: [key] }, Clients: { Keys: [key] } } });
  await expect(cloud.as('elsewhere').dynamodb.send(batch)).rejects.toMatchObject(refused('table/Clients'));
  const TransactItems = [
    { Put: { TableName: 'Clients', Item: key } },
    { ConditionCheck: { TableName: 'Grants', Key: key, ConditionExpression: 'attribute_exists(gid)' } },
  ];
  const transaction = new TransactWriteItemsCommand({ TransactItems });
  await expect(cloud.as('other').dynamodb.send(transaction)).rejects.toMatchObject(refused('ConditionCheckItem'));
});

test('dynamodb:LeadingKeys holds a role to its own rows', async () => {
  const { dynamodb } = cloud.as('own');
  const query = (gid: string) =>
    new QueryCommand({ TableName: 'Grants', ...byId, ExpressionAttributeValues: { ':g': { S: gid } } });
  await expect(dynamodb.send(get)).resolves.toBeDefined();
  await expect(dynamodb.send(query('1'))).resolves.toBeDefined();
  await expect(dynamodb.send(query('2'))).rejects.toMatchObject(refused('dynamodb:Query'));
  await expect(dynamodb.send(new GetItemCommand({ TableName: 'Grants', Key: { gid: { S: '2' } } }))).rejects.toThrow();
  await expect(dynamodb.send(new QueryCommand({ TableName: 'Grants', ...byPerson }))).rejects.toThrow();
});

test('kms:SigningAlgorithm is judged', async () => {
  const sign = (SigningAlgorithm: 'RSASSA_PSS_SHA_256' | 'RSASSA_PKCS1_V1_5_SHA_256') =>
    cloud.as('rs256').kms.send(new SignCommand({ KeyId: 'rsa', Message: Buffer.from('m'), SigningAlgorithm }));
  await expect(sign('RSASSA_PSS_SHA_256')).resolves.toBeDefined();
  await expect(sign('RSASSA_PKCS1_V1_5_SHA_256')).rejects.toMatchObject(refused(keyArn('rsa')));
});

test('what cannot be judged does not match, and is said once', async () => {
  for (const name of ['conditional', 'negated']) {
    await expect(cloud.as(name).dynamodb.send(get)).rejects.toMatchObject(refused('dynamodb:GetItem'));
    await expect(cloud.as(name).dynamodb.send(get)).rejects.toThrow();
  }
  expect(cloud.lines.filter((line) => line.includes('IpAddress on aws:SourceIp'))).toHaveLength(1);
  expect(cloud.lines.filter((line) => line.includes('NotAction'))).toHaveLength(1);
});

test('each service refuses in its own shape', async () => {
  const { kms, secrets } = cloud.as('reader');
  const sign = new SignCommand({
    KeyId: keyArn('rsa'),
    Message: Buffer.from('m'),
    SigningAlgorithm: 'RSASSA_PSS_SHA_256',
  });
  await expect(kms.send(sign)).rejects.toMatchObject(refused('kms:Sign'));
  await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'pepper' }))).rejects.toMatchObject(
    refused(`secretsmanager:GetSecretValue on resource: ${secretArn('pepper')}`),
  );
});

test('a caller without a role, or without a signature, is refused', async () => {
  await expect(cloud.as('stranger').dynamodb.send(get)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  const bare = await fetch(cloud.endpoint, {
    method: 'POST',
    headers: { 'X-Amz-Target': 'DynamoDB_20120810.GetItem' },
  });
  expect(bare.status).toBe(403);
  expect(await bare.text()).toContain('MissingAuthenticationTokenException');
});

test('an operation that is not offered is named, and never reaches the engine', async () => {
  const { dynamodb, kms } = cloud.as('admin');
  const statement = new ExecuteStatementCommand({ Statement: 'SELECT * FROM Grants' });
  const unknown = (name: string) => ({ name: 'UnknownOperationException', message: expect.stringContaining(name) });
  await expect(dynamodb.send(statement)).rejects.toMatchObject(unknown('dynamodb:ExecuteStatement'));
  await expect(kms.send(new ListKeysCommand())).rejects.toMatchObject(unknown('kms:ListKeys'));
});

test('aws4fetch is served too', async () => {
  const client = new AwsClient({
    accessKeyId: 'reader',
    secretAccessKey: 'x',
    region: 'us-east-1',
    service: 'dynamodb',
  });
  const headers = { 'X-Amz-Target': 'DynamoDB_20120810.GetItem', 'Content-Type': 'application/x-amz-json-1.0' };
  const body = JSON.stringify({ TableName: 'Grants', Key: key });
  const response = await client.fetch(cloud.endpoint, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
});

test('calls are counted by function and action', async () => {
  await fetch(`${cloud.endpoint}/calls/reset`, { method: 'POST' });
  await cloud.as('reader').dynamodb.send(get);
  await cloud.as('reader').dynamodb.send(get);
  await cloud.as('admin').dynamodb.send(new ScanCommand({ TableName: 'Grants' }));
  expect(await (await fetch(`${cloud.endpoint}/calls`)).json()).toEqual({
    total: 3,
    functions: { reader: { 'dynamodb:GetItem': 2 }, admin: { 'dynamodb:Scan': 1 } },
  });
});

test('a table is made as the template describes it', async () => {
  const { Table } = await cloud.as('admin').dynamodb.send(new DescribeTableCommand({ TableName: 'Grants' }));
  expect(Table?.KeySchema).toEqual([{ AttributeName: 'gid', KeyType: 'HASH' }]);
  expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['by-sub']);
});
