import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { AuditTrail } from '../../lambdas/core/ports/audit-trail.ts';
import { dynamoAuditTrail } from '../../lambdas/adapters/dynamodb/audit-trail.ts';
import { documentClient } from '../../lambdas/adapters/dynamodb/document-client.ts';

/** What a running Gatehouse has left in AWS, seen as its operator. */
export interface LocalAws {
  readonly trail: AuditTrail;
  /** Every item of the audit table. */
  auditItems(): Promise<Record<string, unknown>[]>;
  /** Everything that was put on event buses. */
  events(): Promise<{ readonly Source: string; readonly DetailType: string; readonly Detail: string }[]>;
}

/** @param statePath state folder of the runner */
export async function localAwsOf(statePath: string): Promise<LocalAws> {
  const file = readFileSync(join(statePath, 'runner.json'), 'utf8');
  const { awsEndpoint: endpoint, operatorKeyId } = JSON.parse(file) as Record<string, string>;
  const credentials = { accessKeyId: operatorKeyId!, secretAccessKey: 'local' };
  const config = { endpoint: endpoint!, region: 'us-east-1', credentials };
  const client = new DynamoDBClient(config);
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const table = TableNames.find((name) => name.includes('TablesAudit')) ?? '';
  return {
    trail: dynamoAuditTrail(documentClient(config), table),
    async auditItems() {
      const pages = paginateScan({ client: DynamoDBDocumentClient.from(client) }, { TableName: table });
      const items: Record<string, unknown>[] = [];
      for await (const { Items = [] } of pages) items.push(...Items);
      return items;
    },
    async events() {
      return (await (await fetch(`${endpoint}/events`)).json()) as Awaited<ReturnType<LocalAws['events']>>;
    },
  };
}
