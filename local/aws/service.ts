import type { AccessRequest } from './iam/request.ts';

/** One AWS service behind the local endpoint. */
export interface Service {
  /** Prefix of its IAM actions: `dynamodb`. */
  readonly name: string;
  /** `1.0` or `1.1`: the version of AWS's JSON protocol. */
  readonly jsonVersion: '1.0' | '1.1';
  /** Prefix of the `__type` of its errors; empty for most. */
  readonly errorNamespace: string;
  /** Whether the operation is offered here. */
  knows(operation: string): boolean;
  /** What the call wants to do, for IAM. @throws AwsError if the call does not say */
  requests(operation: string, input: AwsInput, region: string): readonly AccessRequest[];
  /**
   * What a policy on the resource itself says of a principal; undefined: nothing.
   * @param principal ARN of its role
   */
  verdict?(request: AccessRequest, principal: string): 'Allow' | 'Deny' | undefined;
  /** Answers. @throws AwsError in the service's own words */
  answer(operation: string, input: AwsInput, call: RawCall): Promise<AwsAnswer>;
}

export type AwsInput = Readonly<Record<string, unknown>>;

/** The call as it came, for a service that passes it on. */
export interface RawCall {
  /** Of the credential scope. */
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An output object, or the answer of another server passed on as it is. */
export type AwsAnswer =
  | { readonly output: object }
  | { readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer };

/** A refusal in AWS's own shape: `name` is what the SDK makes the error's name. */
export class AwsError extends Error {
  readonly status: number;
  constructor(name: string, message: string, detail: { status?: number } = {}) {
    super(message);
    this.name = name;
    this.status = detail.status ?? 400;
  }
}

/** The account of everything that is made here. */
export const localAccount = '000000000000';

/** ARN of the role of a function here, as resource policies name it. */
export function roleArn(functionName: string): string {
  return `arn:aws:iam::${localAccount}:role/${functionName}`;
}
