import type { Properties } from '../template/stack.ts';

/** A REST API of the template with everything that belongs to it. */
export interface RestApi {
  readonly logicalId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly account: string;
  readonly region: string;
  /** `<api id>.execute-api.<region>.amazonaws.com` */
  readonly domainName: string;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  readonly binaryMediaTypes: readonly string[];
  readonly root: ResourceNode;
  /** By physical id. */
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  /** By response type, e.g. `UNAUTHORIZED`. */
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponse>;
}

export interface ResourceNode {
  readonly resourceId: string;
  /** `/authorize/{name}` */
  readonly path: string;
  readonly part: string;
  readonly children: ResourceNode[];
  /** By HTTP verb or `ANY`. */
  readonly methods: Map<string, Method>;
}

export interface Method {
  readonly authorizerId: string | undefined;
  readonly integration: Integration;
}

export type Integration =
  | {
      readonly kind: 'function';
      readonly functionArn: string;
      readonly streamed: boolean;
      /** Milliseconds. */
      readonly timeout: number;
    }
  | { readonly kind: 'mock'; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'unsupported'; readonly why: string };

export interface Authorizer {
  readonly functionArn: string;
  /** E.g. `method.request.header.Authorization`; empty: called for every request. */
  readonly identitySources: readonly string[];
}

export interface GatewayResponse {
  readonly status: number | undefined;
  /** Header name to mapping expression. */
  readonly headers: Readonly<Record<string, string>>;
  /** Media type to template. */
  readonly templates: Readonly<Record<string, string>>;
}

export function textOf(properties: Properties, name: string): string | undefined {
  const value = properties[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

export function recordOf(value: unknown): Readonly<Record<string, string>> {
  return (value ?? {}) as Readonly<Record<string, string>>;
}
