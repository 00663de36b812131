import { randomBytes, randomUUID } from 'node:crypto';
import type { RestApi } from './model.ts';

/** A request as it reaches API Gateway. */
export interface GatewayRequest {
  readonly method: string;
  /** With the stage, percent-encoded, without the query. */
  readonly path: string;
  /** Without `?`. */
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** The request context of one request: `$context` of mappings and `requestContext` of events. */
export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly identity: Readonly<Record<string, string | null>>;
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  readonly stage: string;
  resourceId?: string;
  resourcePath?: string;
  authorizer?: Readonly<Record<string, string | number>>;
}

export function createContext(api: RestApi, request: GatewayRequest): RequestContext {
  const now = new Date();
  return {
    accountId: api.account,
    apiId: api.apiId,
    domainName: api.domainName,
    domainPrefix: api.apiId,
    extendedRequestId: randomBytes(11).toString('base64url'),
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerOf(request, 'user-agent') ?? null,
      userArn: null,
    },
    path: request.path,
    protocol: 'HTTP/1.1',
    requestId: randomUUID(),
    requestTime: commonLogTime(now),
    requestTimeEpoch: now.getTime(),
    stage: api.stage,
  };
}

/** The last value of a header, as API Gateway picks it. */
export function headerOf(request: GatewayRequest, name: string): string | undefined {
  return request.headers.findLast(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** `09/Apr/2015:12:34:56 +0000` */
function commonLogTime(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day ?? ''}/${month ?? ''}/${year ?? ''}:${time ?? ''} +0000`;
}
