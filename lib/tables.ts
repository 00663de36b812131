import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Table as TableShape, TableName } from '../lambdas/contract/tables.ts';
import { tables } from '../lambdas/contract/tables.ts';
import { acknowledge } from './acknowledge.ts';
import type { StageDefaults } from './stage-defaults.ts';

/** The DynamoDB tables of the contract. A table is made when the first function asks for it. */
export class Tables extends Construct {
  readonly #stage: StageDefaults;
  readonly #made = new Map<TableName, Table>();

  constructor(scope: Construct, id: string, stage: StageDefaults) {
    super(scope, id);
    this.#stage = stage;
  }

  get(name: TableName): Table {
    const table = this.#made.get(name) ?? this.#make(name);
    this.#made.set(name, table);
    return table;
  }

  #make(name: TableName): Table {
    const { partitionKey, sortKey, timeToLive, indexes = {} }: TableShape = tables[name];
    const { deletionProtection, removalPolicy, pointInTimeRecovery, isProduction } = this.#stage;
    const table = new Table(this, name, {
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      ...(sortKey && { sortKey: { name: sortKey, type: AttributeType.STRING } }),
      ...(timeToLive && { timeToLiveAttribute: timeToLive }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      // No `encryption`: tables are encrypted with a key that AWS owns, at no cost. No usable secret is stored, and a
      // key of ours would add a call to KMS, its price and its limit, to the path of every request.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: pointInTimeRecovery },
      deletionProtection,
      removalPolicy,
    });
    for (const [indexName, index] of Object.entries(indexes)) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        sortKey: { name: index.sortKey, type: AttributeType[index.sortType === 'string' ? 'STRING' : 'NUMBER'] },
        // What changes at each request is not in it, so a refresh or a call writes no index.
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    if (!isProduction) acknowledge(table, { 'AwsSolutions-DDB3': 'Development data is not worth a backup.' });
    return table;
  }
}
