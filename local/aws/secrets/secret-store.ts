import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsSpec } from '../aws-spec.ts';
import { readState, stateFile, writeState } from '../state-file.ts';
import { generateSecretString } from './random-password.ts';
import { withVersion } from './versions.ts';

export interface SecretVersion {
  readonly id: string;
  readonly stages: readonly string[];
  readonly text?: string;
  /** base64. */
  readonly binary?: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description: string;
  readonly versions: readonly SecretVersion[];
  /** Digest of the template's rule for the value; a change there makes a new value, as a deployment does. */
  readonly rule?: string;
  /** Its resource policy, as JSON. */
  readonly policy?: string;
  /** Epoch seconds at which it may go; nothing but restoring it is possible from when it was set. */
  readonly deletionDate?: number;
}

export interface SecretStore {
  /** By ARN, ARN without its random end, or name. */
  find(id: string): Secret | undefined;
  save(secret: Secret): void;
  remove(secret: Secret): void;
}

export function openSecretStore(folder: string, declared: AwsSpec['secrets']): SecretStore {
  const secrets = new Map<string, Secret>();
  const save = (secret: Secret): void => {
    secrets.set(secret.arn, secret);
    writeState(stateFile(folder, secret.arn), secret);
  };
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  for (const file of files) {
    const secret = readState(join(folder, file)) as Secret;
    secrets.set(secret.arn, secret);
  }
  for (const { arn, properties } of declared) {
    const kept = secrets.get(arn);
    const due = declaredSecret(arn, properties, kept);
    if (due !== kept) save(due);
  }
  return {
    find: (id) =>
      secrets.get(id) ?? [...secrets.values()].find(({ arn, name }) => name === id || withoutEnd(arn) === id),
    save,
    remove({ arn }) {
      secrets.delete(arn);
      rmSync(stateFile(folder, arn), { force: true });
    },
  };
}

function declaredSecret(arn: string, properties: Record<string, unknown>, kept: Secret | undefined): Secret {
  const { SecretString: text, GenerateSecretString: generate } = properties;
  const rule = createHash('sha256')
    .update(JSON.stringify([text, generate]))
    .digest('base64url');
  if (kept?.rule === rule) return kept;
  const secret: Secret = {
    arn,
    name: (properties['Name'] as string | undefined) ?? withoutEnd(arn.slice(arn.lastIndexOf(':') + 1)),
    description: (properties['Description'] as string | undefined) ?? '',
    versions: kept?.versions ?? [],
    rule,
  };
  const value = typeof text === 'string' ? text : generate && generateSecretString(generate as Record<string, unknown>);
  if (typeof value !== 'string') return secret;
  const createdAt = Math.floor(Date.now() / 1000);
  return withVersion(secret, { id: randomUUID(), stages: ['AWSCURRENT'], text: value, createdAt });
}

/** An ARN of a secret ends in a hyphen and six random characters. */
function withoutEnd(arn: string): string {
  return arn.replace(/-[A-Za-z0-9]{6}$/, '');
}
