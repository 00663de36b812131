import { randomBytes } from 'node:crypto';
import type { AwsInput } from '../service.ts';
import { AwsError } from '../service.ts';
import { named, newArn, read } from './input.ts';
import type { Secret, SecretStore } from './secret-store.ts';
import { newVersion, written } from './values.ts';
import { withVersion } from './versions.ts';

const day = 86_400;

/** `CreateSecret` */
export function create(store: SecretStore, input: AwsInput, region: string): object {
  const name = read(input, 'Name');
  const earlier = store.find(name);
  if (earlier?.deletionDate !== undefined) {
    throw new AwsError(
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  if (earlier) {
    throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
  }
  const end = randomBytes(3).toString('hex');
  const description = typeof input['Description'] === 'string' ? input['Description'] : '';
  const secret: Secret = { arn: newArn(name, region, end), name, description, versions: [] };
  if (input['SecretString'] === undefined && input['SecretBinary'] === undefined) {
    store.save(secret);
    return { ARN: secret.arn, Name: name };
  }
  const version = newVersion(input);
  store.save(withVersion(secret, version));
  return written(secret, version);
}

/** `DeleteSecret`: at once by force, else after 7 to 30 days in which it can be restored. */
export function remove(store: SecretStore, input: AwsInput): object {
  const { ForceDeleteWithoutRecovery: force, RecoveryWindowInDays: days } = input;
  if (force === true && days !== undefined) {
    throw new AwsError('InvalidParameterException', 'force and a recovery window exclude each other');
  }
  const now = Math.floor(Date.now() / 1000);
  if (force === true) {
    const id = read(input, 'SecretId');
    const secret = store.find(id);
    // So that repeating it is no failure.
    if (secret) store.remove(secret);
    return { ARN: secret?.arn ?? id, Name: secret?.name ?? id, DeletionDate: now };
  }
  const secret = named(store, input);
  const window = typeof days === 'number' ? days : 30;
  if (window < 7 || window > 30) {
    throw new AwsError('InvalidParameterException', 'RecoveryWindowInDays must be between 7 and 30.');
  }
  const deletionDate = now + window * day;
  store.save({ ...secret, deletionDate });
  return { ARN: secret.arn, Name: secret.name, DeletionDate: deletionDate };
}

/** `RestoreSecret` */
export function restore(store: SecretStore, input: AwsInput): object {
  const { deletionDate: _, ...secret } = named(store, input);
  store.save(secret);
  return { ARN: secret.arn, Name: secret.name };
}
