import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** A right that a client can ask for and a person can grant. */
export interface ScopeProps {
  /** What travels in tokens, such as `todo:read` (RFC 6749 §3.3; `'` is not allowed). */
  readonly name: string;

  /** What people read on the consent page: a verb and its object. */
  readonly description: string;

  /**
   * Tools of the MCP server that need this scope. A tool that no scope names is open to every signed-in caller.
   * @default [] none
   */
  readonly tools?: readonly string[];

  /**
   * Narrower scopes of the same server that this one includes.
   * @default [] none
   */
  readonly implies?: readonly string[];

  /**
   * Whether the person may untick it on the consent page.
   * @default false
   */
  readonly optional?: boolean;
}

/** An MCP server behind the gate. */
export interface ServerProps {
  /** Short name of lower-case letters, digits and hyphens. */
  readonly id: string;

  /** Name that people read on the consent page. */
  readonly name: string;

  /** Path of the MCP endpoint, such as `/mcp`. */
  readonly path: string;

  /** Scopes in the order in which the consent page lists them. */
  readonly scopes: readonly ScopeProps[];

  /**
   * Types of `authorization_details` that the server understands (RFC 9396), such as `mcp_tools`. They reach it in the
   * verified caller's `authorizationDetails`; what they mean, it judges itself. `mcp_paths` is built in: with it the
   * server promises to obey `paths` of its session, which narrow tokens and API keys to `workspace/acme/…`.
   * @default [] none, requests with such details are refused
   */
  readonly authorizationDetailTypes?: readonly string[];

  /**
   * Whether API keys open the server, on the same URL as OAuth. `only`: nothing else does; the server then has no
   * metadata, no token is made for it, and its 401 names no authorization server.
   * @default 'accepted'
   */
  readonly apiKeys?: 'accepted' | 'only' | 'refused';

  /**
   * File with the server's Lambda handler, relative to this repository. It gets the environment of the function `mcp`
   * (see `lambdas/contract/env.ts`), and the table of the rate limits; the other one is the sample's.
   * @default 'lambdas/mcp.ts' the sample server, with its table
   */
  readonly entry?: string;

  /**
   * A Lambda function of yours instead of `entry`, in the same account and region: of another stack of this app, or
   * `Function.fromFunctionAttributes` with `sameEnvironment: true`, so that API Gateway gets the right to call it. It
   * answers with response streaming, and reads the verified caller from `event.requestContext.authorizer`.
   * @default none, `entry` is used
   */
  readonly function?: IFunction;
}
