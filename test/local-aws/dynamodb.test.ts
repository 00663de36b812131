import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseEngine } from '../../local/aws/dynamodb/engine-kind.ts';
import { engines, startEngine } from '../rig/engines.ts';
import { clientsOf, grantsTable, startCloud } from './cloud.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'aws-'));
});
afterEach(() => {
  delete process.env['GATEHOUSE_DYNAMODB'];
  rmSync(stateDir, { recursive: true, force: true });
});

const now = () => Math.floor(Date.now() / 1000);
const put = (endpoint: string, gid: string, expiresAt?: number | string) => {
  const ttl =
    expiresAt === undefined
      ? {}
      : { expiresAt: typeof expiresAt === 'number' ? { N: String(expiresAt) } : { S: expiresAt } };
  return clientsOf(endpoint, 'admin').dynamodb.send(
    new PutItemCommand({ TableName: 'Grants', Item: { gid: { S: gid }, ...ttl } }),
  );
};
const has = async (endpoint: string, gid: string) => {
  const command = new GetItemCommand({ TableName: 'Grants', Key: { gid: { S: gid } }, ConsistentRead: true });
  return (await clientsOf(endpoint, 'admin').dynamodb.send(command)).Item !== undefined;
};
const start = () => startCloud({}, { stateDir, tables: [grantsTable] });

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await wait(20);
  }
  return false;
}

const enginePid = () => (JSON.parse(readFileSync(join(stateDir, 'engine.pid'), 'utf8')) as { engine: number }).engine;

async function startOwner(): Promise<{ owner: ChildProcess; endpoint: string }> {
  const script = fileURLToPath(new URL('./owner.ts', import.meta.url));
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const principals = [{ accessKeyId: 'admin', functionName: 'admin', statements: [all] }];
  const spec = JSON.stringify({ stateDir, tables: [grantsTable], keys: [], secrets: [], principals });
  const owner = spawn(process.execPath, [script, spec], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(owner.stdout, 'data')) as [Buffer];
  return { owner, endpoint: chunk.toString().trim() };
}

describe.each(engines)('on %s', (kind) => {
  beforeEach(() => {
    process.env['GATEHOUSE_DYNAMODB'] = kind;
  });

  test('data outlive a restart', async () => {
    const first = await start();
    await put(first.endpoint, 'kept');
    await first.stop();
    const second = await start();
    expect(await has(second.endpoint, 'kept')).toBe(true);
    await second.stop();
  });

  test('a table of an earlier template gets the indexes that it lacks, or the cure is named', async () => {
    const { GlobalSecondaryIndexes: _none, ...properties } = grantsTable.properties;
    const AttributeDefinitions = [{ AttributeName: 'gid', AttributeType: 'S' }];
    const earlier = { name: 'Grants', properties: { ...properties, AttributeDefinitions } };
    const first = await startCloud({}, { stateDir, tables: [earlier] });
    await put(first.endpoint, 'kept');
    await first.stop();
    if (kind === 'dynalite') return expect(start()).rejects.toThrow('cannot add index by-sub to table Grants; delete');
    const second = await start();
    expect(await has(second.endpoint, 'kept')).toBe(true);
    await second.stop();
    const KeySchema = [...grantsTable.properties.KeySchema, { AttributeName: 'sub', KeyType: 'RANGE' }];
    const changed = { name: 'Grants', properties: { ...grantsTable.properties, KeySchema } };
    await expect(startCloud({}, { stateDir, tables: [changed] })).rejects.toThrow('made with other keys; delete');
  });

  test('the sweep deletes what has expired, and nothing else', async () => {
    const cloud = await start();
    const { endpoint } = cloud;
    await put(endpoint, 'past', now() - 5);
    await put(endpoint, 'future', now() + 60);
    await put(endpoint, 'forever');
    await put(endpoint, 'text', '1');
    await put(endpoint, 'ancient', 1);
    expect(await cloud.sweepExpired()).toBe(1);
    const left = await Promise.all(['past', 'future', 'forever', 'text', 'ancient'].map((gid) => has(endpoint, gid)));
    expect(left).toEqual([false, true, true, true, true]);
    await cloud.stop();
  });

  test('stopping ends the engine', async () => {
    const cloud = await start();
    const pid = enginePid();
    await cloud.stop();
    expect(await isGone(pid)).toBe(true);
  });

  test('the engine ends with an owner that is killed, and what was written is there', async () => {
    const { owner, endpoint } = await startOwner();
    await put(endpoint, 'written');
    const pid = enginePid();
    owner.kill('SIGKILL');
    expect(await isGone(pid)).toBe(true);
    const cloud = await start();
    expect(await has(cloud.endpoint, 'written')).toBe(true);
    await cloud.stop();
  });

  test('a folder in use is refused, naming its owner', async () => {
    const { owner } = await startOwner();
    await expect(start()).rejects.toThrow(`in use by process ${owner.pid}`);
    owner.kill();
    await once(owner, 'exit');
  });

  test('the rig gives storage tests an engine in memory', async () => {
    const engine = await startEngine(kind, [{ name: 'Grants', partitionKey: 'gid', timeToLive: 'expiresAt' }]);
    await put(engine.endpoint, 'x', now() - 5);
    expect(await has(engine.endpoint, 'x')).toBe(true);
    await engine.stop();
  });
});

test('a missing or unknown engine is named with its cure', () => {
  expect(() => chooseEngine('mysql')).toThrow(/^missing engine: .*dynoxide or dynalite/);
  expect(engines).toContain(chooseEngine(undefined));
});
