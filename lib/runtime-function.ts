import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Architecture, Function, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { OwnVariables } from '../lambdas/contract/env.ts';
import type { FunctionName, Table, TableAction, TableName } from '../lambdas/contract/tables.ts';
import { tableAccess, tables as shapes, tableVariable } from '../lambdas/contract/tables.ts';
import type { StageDefaults } from './stage-defaults.ts';
import type { Tables } from './tables.ts';

export interface RuntimeFunctionProps<F extends FunctionName> {
  /** Which function of the contract it is. */
  readonly name: F;
  readonly description: string;
  /** Folder with `index.mjs` and `settings.json`. */
  readonly code: Code;
  /** Every variable of the contract but the tables', which come with their grant. */
  readonly environment: OwnVariables<F>;
  /**
   * Where its tables are.
   * @default the function gets none
   */
  readonly tables?: Tables;
  /**
   * Which of the tables that the contract lists for it.
   * @default all
   */
  readonly tableNames?: readonly TableName[];
  readonly stage: StageDefaults;
  /** @default Duration.seconds(20) */
  readonly timeout?: Duration;
}

/** A Lambda function as ours all are: its own role that allows what the contract lists, its own log. */
export class RuntimeFunction<F extends FunctionName> extends Construct {
  readonly handler: Function;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: RuntimeFunctionProps<F>) {
    super(scope, id);
    const { stage, tables, name } = props;
    this.logGroup = new LogGroup(this, 'Log', {
      retention: stage.logRetention,
      removalPolicy: stage.removalPolicy,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);
    this.handler = new Function(this, 'Handler', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: props.code,
      handler: 'index.handler',
      role: this.role,
      environment: { ...props.environment },
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Processor time comes with memory: a cold start of 70 ms of imports takes twice as long with half of it.
      memorySize: 1024,
      timeout: props.timeout ?? Duration.seconds(20),
    });
    if (tables) this.#bind(name, tables, props.tableNames);
  }

  /** Allows actions on one resource. @param conditions as IAM writes them */
  allow(actions: readonly string[], resource: string, conditions?: Record<string, Record<string, string>>): void {
    this.role.addToPolicy(
      new PolicyStatement({ actions: [...actions], resources: [resource], ...(conditions && { conditions }) }),
    );
  }

  /** The name of each table and the right to use it, together: neither is of use without the other. */
  #bind(name: F, tables: Tables, names?: readonly TableName[]): void {
    const access: Partial<Record<TableName, readonly TableAction[]>> = tableAccess[name];
    for (const [key, actions] of Object.entries(access) as [TableName, readonly TableAction[]][]) {
      if (names && !names.includes(key)) continue;
      const table = tables.get(key);
      this.handler.addEnvironment(tableVariable(key), table.tableName);
      this.allow(actions, table.tableArn);
      const { indexes = {} }: Table = shapes[key];
      if (!actions.includes('dynamodb:Query')) continue;
      for (const index of Object.keys(indexes)) this.allow(['dynamodb:Query'], `${table.tableArn}/index/${index}`);
    }
  }
}
