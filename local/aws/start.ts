import type { AwsSpec } from './aws-spec.ts';

export type { AwsSpec } from './aws-spec.ts';

export interface LocalAws {
  /** `http://127.0.0.1:<port>`: for `AWS_ENDPOINT_URL_DYNAMODB`, `_KMS` and `_SECRETS_MANAGER`. */
  readonly endpoint: string;
  /** Deletes the items whose time to live has passed, as DynamoDB does. @returns how many */
  sweepExpired(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts DynamoDB, KMS and Secrets Manager behind one loopback endpoint that enforces the functions' IAM roles. */
export function startAws(_spec: AwsSpec): Promise<LocalAws> {
  return Promise.reject(new Error('not built yet'));
}
