import { Duration, Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { OwnVariables } from '../lambdas/contract/env.ts';
import type { Settings } from '../lambdas/contract/settings.ts';
import type { FunctionName } from '../lambdas/contract/tables.ts';
import type { Addresses } from './addresses.ts';
import { keepClientSecrets } from './client-secrets.ts';
import type { FunctionCode } from './function-code.ts';
import { functionCode } from './function-code.ts';
import type { IdentityProps } from './sign-in-props.ts';
import { pascalCase } from './pascal-case.ts';
import { RuntimeFunction } from './runtime-function.ts';
import type { ServerProps } from './server-props.ts';
import type { StageDefaults } from './stage-defaults.ts';
import type { Tables } from './tables.ts';

/** Entry of each function that every Gatehouse has, relative to this repository. */
const entries = {
  discovery: 'lambdas/discovery.ts',
  registration: 'lambdas/registration.ts',
  interaction: 'lambdas/interaction.ts',
  token: 'lambdas/token.ts',
  guard: 'lambdas/guard.ts',
  account: 'lambdas/account.ts',
  admin: 'lambdas/admin.ts',
  'key-rotation': 'lambdas/key-rotation.ts',
  'client-registrar': 'lambdas/client-registrar.ts',
  audit: 'lambdas/audit.ts',
} as const satisfies Partial<Record<FunctionName, string>>;

/** The sample MCP server: what a server has that names neither entry nor function. */
const sampleEntry = 'lambdas/mcp.ts';

export interface FunctionsProps {
  /** Travels in every bundle. */
  readonly settings: Settings;
  readonly servers: readonly ServerProps[];
  readonly tables: Tables;
  readonly stage: StageDefaults;
  readonly addresses: Addresses;
  /** Where people sign in. */
  readonly identity: IdentityProps;
  /** ARN of the secret that authenticates codes and refresh tokens. */
  readonly pepperArn: string;
  /** ARN of the secret that a registration must carry. @default none: open registration */
  readonly initialAccessTokenArn?: string | undefined;
}

/** The functions of the authorization server and the guard, cut by what each is allowed to do. */
export class Functions extends Construct {
  readonly discovery: RuntimeFunction<'discovery'>;
  readonly registration: RuntimeFunction<'registration'>;
  readonly interaction: RuntimeFunction<'interaction'>;
  readonly token: RuntimeFunction<'token'>;
  readonly guard: RuntimeFunction<'guard'>;
  readonly account: RuntimeFunction<'account'>;
  readonly admin: RuntimeFunction<'admin'>;
  readonly keyRotation: RuntimeFunction<'key-rotation'>;
  readonly clientRegistrar: RuntimeFunction<'client-registrar'>;
  readonly audit: RuntimeFunction<'audit'>;
  /** Server id → what answers MCP. */
  readonly servers: ReadonlyMap<string, IFunction>;
  readonly #serverLogs = new Map<string, ILogGroup>();
  readonly #props: FunctionsProps;
  readonly #code: FunctionCode;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    this.#props = props;
    this.#code = functionCode([...Object.values(entries), ...serverEntries(props.servers)], props.settings);
    const { addresses, identity, pepperArn, initialAccessTokenArn } = props;
    const ISSUER = addresses.issuer;
    const here = { ISSUER, SERVER_URLS: Stack.of(this).toJsonString(addresses.servers) };
    this.discovery = this.#make('discovery', 'metadata documents and public keys', here);
    this.registration = this.#make('registration', 'dynamic client registration', {
      ISSUER,
      ...(initialAccessTokenArn !== undefined && { INITIAL_ACCESS_TOKEN_SECRET_ARN: initialAccessTokenArn }),
    });
    if (initialAccessTokenArn !== undefined) {
      this.registration.allow(['secretsmanager:GetSecretValue'], initialAccessTokenArn);
    }
    this.interaction = this.#make('interaction', 'sign-in and consent', {
      ...here,
      PEPPER_SECRET_ARN: pepperArn,
      UPSTREAM_ISSUER: identity.issuer,
      UPSTREAM_CLIENT_ID: identity.clientId,
      UPSTREAM_CLIENT_SECRET_ARN: identity.clientSecretArn,
    });
    this.token = this.#make('token', 'token endpoint', {
      ...here,
      PEPPER_SECRET_ARN: pepperArn,
      UPSTREAM_ISSUER: identity.issuer,
    });
    this.guard = this.#make('guard', 'authorizer before every MCP server', here);
    this.account = this.#make('account', "a person's own page", { ...here, PEPPER_SECRET_ARN: pepperArn });
    const clientSecrets = `gatehouse/${Stack.of(this).stackName}/clients/`;
    this.admin = this.#make('admin', 'administration: console and API', {
      ...here,
      PEPPER_SECRET_ARN: pepperArn,
      CLIENT_SECRET_PREFIX: clientSecrets,
      SIGNING_KEY_OWNER: Stack.of(this).stackName,
    });
    keepClientSecrets(this.admin, clientSecrets);
    this.keyRotation = this.#make('key-rotation', 'publishes signing keys', {});
    this.clientRegistrar = this.#make('client-registrar', "writes the administrator's clients", {});
    this.audit = this.#make('audit', 'keeps and publishes what was audited', {});
    this.servers = new Map(props.servers.map((server) => [server.id, this.#server(server, here)]));
    for (const reader of [this.interaction, this.token, this.account, this.admin]) {
      reader.allow(['secretsmanager:GetSecretValue'], pepperArn);
    }
    this.interaction.allow(['secretsmanager:GetSecretValue'], identity.clientSecretArn);
  }

  /** Those whose failure somebody must hear of, by a name for people. */
  get answering(): ReadonlyMap<string, IFunction> {
    const { discovery, registration, interaction, token, guard, account, admin, audit } = this;
    const own = Object.entries({ discovery, registration, interaction, token, guard, account, admin, audit });
    return new Map([
      ...own.map(([name, { handler }]) => [pascalCase(name), handler] as const),
      ...[...this.servers].map(([id, handler]) => [`Server${pascalCase(id)}`, handler] as const),
    ]);
  }

  /** Logs that hold audit events, by a name for people. A server's own function has a log that is not ours. */
  get auditedLogs(): ReadonlyMap<string, ILogGroup> {
    const own = Object.entries({
      Registration: this.registration,
      Interaction: this.interaction,
      Token: this.token,
      Guard: this.guard,
      Account: this.account,
      Admin: this.admin,
    });
    return new Map([...own.map(([name, { logGroup }]) => [name, logGroup] as const), ...this.#serverLogs]);
  }

  /** Only the sample gets the sample's table; all count their callers. */
  #server(server: ServerProps, environment: OwnVariables<'mcp'>): IFunction {
    if (server.function) return server.function;
    const { tables, stage } = this.#props;
    const entry = entryOf(server);
    const { handler, logGroup } = new RuntimeFunction(this, `Server${pascalCase(server.id)}`, {
      name: 'mcp',
      description: `Gatehouse: MCP server ${server.id}`,
      code: this.#code(entry),
      environment,
      stage,
      tables,
      ...(entry !== sampleEntry && { tableNames: ['RateLimits'] }),
      // As long as API Gateway streams.
      timeout: Duration.minutes(15),
    });
    this.#serverLogs.set(`Server${pascalCase(server.id)}`, logGroup);
    return handler;
  }

  #make<F extends keyof typeof entries>(name: F, task: string, environment: OwnVariables<F>): RuntimeFunction<F> {
    const { tables, stage } = this.#props;
    return new RuntimeFunction(this, pascalCase(name), {
      name,
      description: `Gatehouse: ${task}`,
      code: this.#code(entries[name]),
      environment,
      tables,
      stage,
    });
  }
}

function entryOf(server: ServerProps): string {
  return server.entry ?? sampleEntry;
}

function serverEntries(servers: readonly ServerProps[]): ReadonlySet<string> {
  return new Set(servers.filter((server) => !server.function).map(entryOf));
}
