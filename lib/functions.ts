import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FunctionName } from '../lambdas/contract/tables.ts';
import type { Addresses } from './addresses.ts';
import type { FunctionCode } from './function-code.ts';
import type { IdentityProps } from './gatehouse-props.ts';
import { pascalCase } from './pascal-case.ts';
import type { RuntimeFunctionProps } from './runtime-function.ts';
import { RuntimeFunction } from './runtime-function.ts';
import type { StageDefaults } from './stage-defaults.ts';
import type { Tables } from './tables.ts';

/** Entry of each function that every Gatehouse has, relative to this repository. */
export const entries = {
  discovery: 'lambdas/discovery.ts',
  registration: 'lambdas/registration.ts',
  interaction: 'lambdas/interaction.ts',
  token: 'lambdas/token.ts',
  guard: 'lambdas/guard.ts',
  'key-rotation': 'lambdas/key-rotation.ts',
} as const satisfies Partial<Record<FunctionName, string>>;

/** The sample MCP server: what a server has that names neither entry nor function. */
export const sampleEntry = 'lambdas/mcp.ts';

export interface FunctionsProps {
  readonly code: FunctionCode;
  readonly tables: Tables;
  readonly stage: StageDefaults;
  readonly addresses: Addresses;
  /** Where people sign in. */
  readonly identity: IdentityProps;
  /** ARN of the secret that authenticates codes and refresh tokens. */
  readonly pepperArn: string;
}

/** The functions of the authorization server and the guard, cut by what each is allowed to do. */
export class Functions extends Construct {
  readonly discovery: RuntimeFunction<'discovery'>;
  readonly registration: RuntimeFunction<'registration'>;
  readonly interaction: RuntimeFunction<'interaction'>;
  readonly token: RuntimeFunction<'token'>;
  readonly guard: RuntimeFunction<'guard'>;
  readonly keyRotation: RuntimeFunction<'key-rotation'>;
  readonly #props: FunctionsProps;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    this.#props = props;
    const { addresses, identity, pepperArn } = props;
    const ISSUER = addresses.issuer;
    const here = { ISSUER, SERVER_URLS: Stack.of(this).toJsonString(addresses.servers) };
    this.discovery = this.#make('discovery', 'metadata documents and public keys', here);
    this.registration = this.#make('registration', 'dynamic client registration', { ISSUER });
    this.interaction = this.#make('interaction', 'sign-in and consent', {
      ...here,
      PEPPER_SECRET_ARN: pepperArn,
      UPSTREAM_ISSUER: identity.issuer,
      UPSTREAM_CLIENT_ID: identity.clientId,
      UPSTREAM_CLIENT_SECRET_ARN: identity.clientSecretArn,
    });
    this.token = this.#make('token', 'token endpoint', { ...here, PEPPER_SECRET_ARN: pepperArn });
    this.guard = this.#make('guard', 'authorizer before every MCP server', here);
    this.keyRotation = this.#make('key-rotation', 'publishes signing keys', {});
    for (const reader of [this.interaction, this.token]) {
      reader.allow(['secretsmanager:GetSecretValue'], pepperArn);
    }
    this.interaction.allow(['secretsmanager:GetSecretValue'], identity.clientSecretArn);
  }

  /** A function for one MCP server. @param entry its file; only the sample gets the sample's table */
  server(id: string, entry: string): RuntimeFunction<'mcp'> {
    const { code, tables, stage, addresses } = this.#props;
    return new RuntimeFunction(this, `Server${pascalCase(id)}`, {
      name: 'mcp',
      description: `Gatehouse: MCP server ${id}`,
      code: code(entry),
      environment: { ISSUER: addresses.issuer, SERVER_URLS: Stack.of(this).toJsonString(addresses.servers) },
      stage,
      ...(entry === sampleEntry && { tables }),
      // As long as API Gateway streams.
      timeout: Duration.minutes(15),
    });
  }

  #make<F extends keyof typeof entries>(
    name: F,
    task: string,
    environment: RuntimeFunctionProps<F>['environment'],
  ): RuntimeFunction<F> {
    const { code, tables, stage } = this.#props;
    return new RuntimeFunction(this, pascalCase(name), {
      name,
      description: `Gatehouse: ${task}`,
      code: code(entries[name]),
      environment,
      tables,
      stage,
    });
  }
}
