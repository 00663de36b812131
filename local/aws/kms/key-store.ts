import type { KeyObject } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsSpec } from '../aws-spec.ts';
import { AwsError, localAccount } from '../service.ts';
import { readState, stateFile, writeState } from '../state-file.ts';
import { generateMaterial, readMaterial } from './key-spec.ts';

/** A KMS key with its material. */
export interface Key {
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly enabled: boolean;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch seconds. */
  readonly createdAt: number;
  /** Private, or secret if symmetric. */
  readonly material: KeyObject;
}

type Description = Pick<Key, 'arn' | 'spec' | 'usage' | 'enabled' | 'description' | 'tags'>;

export interface KeyStore {
  /** The ARN of a key named by id or ARN; undefined if there is no such key. */
  resolve(keyId: string): string | undefined;
  /** What conditions can ask about it; undefined if there is no such key. @param arn as `resolve` gives it */
  traits(arn: string): Pick<Key, 'spec' | 'usage' | 'tags'> | undefined;
  /** The key; material is made at first need and kept. @throws AwsError NotFoundException */
  get(keyId: string): Promise<Key>;
  /** Makes a key that the template does not know. */
  create(properties: Record<string, unknown>, region: string): Promise<Key>;
}

export function openKeyStore(folder: string, declared: AwsSpec['keys'], log: (line: string) => void): KeyStore {
  const known = new Map<string, Description>();
  for (const kept of keptKeys(folder)) known.set(kept.arn, { ...kept, tags: kept.tags ?? {} });
  for (const { arn, properties } of declared) known.set(arn, describe(arn, properties));
  const opened = new Map<string, Promise<Key>>();
  const resolve = (keyId: string): string | undefined =>
    known.has(keyId) ? keyId : [...known.keys()].find((arn) => arn.endsWith(`:key/${keyId}`));
  const open = (description: Description): Promise<Key> => {
    const pending = opened.get(description.arn) ?? load(folder, description, log);
    opened.set(description.arn, pending);
    return pending;
  };
  return {
    resolve,
    traits: (arn) => known.get(arn),
    async get(keyId) {
      const description = known.get(resolve(keyId) ?? '');
      if (!description) throw new AwsError('NotFoundException', `Key '${keyId}' does not exist`);
      return open(description);
    },
    async create(properties, region) {
      const description = describe(`arn:aws:kms:${region}:${localAccount}:key/${randomUUID()}`, properties);
      const key = await open(description);
      known.set(key.arn, description);
      return key;
    },
  };
}

function describe(arn: string, properties: Record<string, unknown>): Description {
  const spec = (properties['KeySpec'] as string | undefined) ?? 'SYMMETRIC_DEFAULT';
  return {
    arn,
    spec,
    usage: (properties['KeyUsage'] as string | undefined) ?? 'ENCRYPT_DECRYPT',
    enabled: properties['Enabled'] !== false && properties['Enabled'] !== 'false',
    description: (properties['Description'] as string | undefined) ?? '',
    tags: tagsOf(properties['Tags']),
  };
}

/** Tags by name, from a template (`Key`, `Value`) or a call (`TagKey`, `TagValue`). */
export function tagsOf(list: unknown): Readonly<Record<string, string>> {
  const tags = Array.isArray(list) ? (list as Readonly<Record<string, string>>[]) : [];
  return Object.fromEntries(
    tags.map((tag) => [tag['TagKey'] ?? tag['Key'] ?? '', tag['TagValue'] ?? tag['Value'] ?? '']),
  );
}

function keptKeys(folder: string): Description[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((name) => readState(join(folder, name)) as Description);
}

async function load(folder: string, description: Description, log: (line: string) => void): Promise<Key> {
  const file = stateFile(folder, description.arn);
  let kept = readState(file) as { spec: string; createdAt: number; material: string } | undefined;
  if (kept && kept.spec !== description.spec) {
    log(`kms: key spec changed from ${kept.spec} to ${description.spec}, so ${description.arn} gets a new key`);
    kept = undefined;
  }
  if (!kept) {
    const material = await generateMaterial(description.spec);
    kept = { spec: description.spec, createdAt: Math.floor(Date.now() / 1000), material: material.toString('base64') };
    writeState(file, { ...description, ...kept });
  }
  const material = readMaterial(description.spec, Buffer.from(kept.material, 'base64'));
  return { ...description, createdAt: kept.createdAt, material };
}
