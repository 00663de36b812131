import type { IncomingHttpHeaders } from 'node:http';
import type { CallCounter } from './call-counter.ts';
import { readCredential } from './credential.ts';
import type { AccessRequest } from './iam/request.ts';
import type { Role } from './iam/role.ts';
import type { AwsAnswer, AwsInput, Service } from './service.ts';
import { AwsError, localAccount, roleArn } from './service.ts';

/** A function that may call, with what its role lets it do. */
export interface Caller {
  readonly functionName: string;
  readonly role: Role;
}

export interface Cloud {
  /** By the prefix of `X-Amz-Target`. */
  readonly services: ReadonlyMap<string, Service>;
  /** By access key id. */
  readonly callers: ReadonlyMap<string, Caller>;
  readonly counter: CallCounter;
  /** What was put on event buses. */
  events(): readonly unknown[];
  log(line: string): void;
}

/** The service and operation that `X-Amz-Target` names. @throws AwsError naming what is not offered here */
export function readTarget(services: Cloud['services'], target: string): { service: Service; operation: string } {
  const dot = target.lastIndexOf('.');
  const service = services.get(target.slice(0, dot));
  const operation = target.slice(dot + 1);
  if (service?.knows(operation)) return { service, operation };
  const name = service ? `${service.name}:${operation}` : target || 'a call without X-Amz-Target';
  throw new AwsError('UnknownOperationException', `${name} is not offered by the local AWS endpoint`);
}

/**
 * Answers one call as its function's role allows.
 * @throws AwsError in the service's own words
 */
export async function handleCall(
  cloud: Cloud,
  { service, operation }: { service: Service; operation: string },
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<AwsAnswer> {
  const { accessKeyId, region } = readCredential(headers.authorization);
  const caller = cloud.callers.get(accessKeyId);
  if (!caller) {
    throw new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  cloud.counter.count(caller.functionName, `${service.name}:${operation}`);
  const input = readInput(body);
  for (const request of service.requests(operation, input, region)) {
    if (!isAllowed(service, caller, request)) throw denied(cloud, caller, request);
  }
  return service.answer(operation, input, { region, headers: engineHeaders(headers), body });
}

/** Within one account either policy may allow, and either may deny. */
function isAllowed(service: Service, { role, functionName }: Caller, request: AccessRequest): boolean {
  const verdict = service.verdict?.(request, roleArn(functionName));
  if (verdict === 'Deny') return false;
  return role.allows(request) || (verdict === 'Allow' && !role.denies(request));
}

function readInput(body: Buffer): AwsInput {
  try {
    const input: unknown = JSON.parse(body.toString() || '{}');
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as AwsInput;
  } catch {
    // Told below.
  }
  throw new AwsError('SerializationException', 'the body must be a JSON object');
}

function denied(cloud: Cloud, { functionName }: Caller, request: { action: string; resource: string }): AwsError {
  cloud.log(`iam: ${functionName} is not allowed ${request.action} on ${request.resource}`);
  const user = `arn:aws:sts::${localAccount}:assumed-role/${functionName}`;
  return new AwsError(
    'AccessDeniedException',
    `User: ${user} is not authorized to perform: ${request.action} on resource: ${request.resource}`,
  );
}

function engineHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const names = ['authorization', 'content-type', 'x-amz-target', 'x-amz-date'];
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}
