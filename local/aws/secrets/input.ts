import type { AwsInput } from '../service.ts';
import { AwsError, localAccount } from '../service.ts';
import type { Secret, SecretStore } from './secret-store.ts';

/** @throws AwsError InvalidParameterException unless the call has this text */
export function read(input: AwsInput, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('InvalidParameterException', `${name} must be given`);
}

/** The secret that a call names, also one that is to be deleted. @throws AwsError ResourceNotFoundException */
export function named(store: SecretStore, input: AwsInput): Secret {
  const secret = store.find(read(input, 'SecretId'));
  if (!secret) throw missing("Secrets Manager can't find the specified secret.");
  return secret;
}

/** The secret that a call names. @throws AwsError */
export function existing(store: SecretStore, input: AwsInput): Secret {
  const secret = named(store, input);
  if (secret.deletionDate === undefined) return secret;
  throw new AwsError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
}

export function missing(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

/** @param end the six characters that AWS adds to a name */
export function newArn(name: string, region: string, end: string): string {
  return `arn:aws:secretsmanager:${region}:${localAccount}:secret:${name}-${end}`;
}
