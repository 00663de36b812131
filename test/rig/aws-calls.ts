import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Calls of one function to AWS. */
export interface AwsCalls {
  readonly reads: number;
  readonly writes: number;
  /** Signatures of KMS. */
  readonly signatures: number;
  /** All others by action, such as `secretsmanager:GetSecretValue`. */
  readonly others: Readonly<Record<string, number>>;
}

const reading = /^dynamodb:(GetItem|BatchGetItem|Query)$/;
const writing = /^dynamodb:(PutItem|UpdateItem|DeleteItem)$/;

/**
 * What a running Gatehouse asks of AWS while `act` runs, by function; only meaningful while nobody else calls it.
 * @param statePath state folder of the runner
 */
export async function awsCallsOf(statePath: string, act: () => Promise<unknown>): Promise<Record<string, AwsCalls>> {
  const { awsEndpoint } = JSON.parse(readFileSync(join(statePath, 'runner.json'), 'utf8')) as { awsEndpoint: string };
  await fetch(`${awsEndpoint}/calls/reset`, { method: 'POST' });
  await act();
  const { functions } = (await (await fetch(`${awsEndpoint}/calls`)).json()) as {
    functions: Record<string, Record<string, number>>;
  };
  const counted = Object.entries(functions).map(([name, actions]) => [shortName(name), sort(actions)] as const);
  // The audit function follows the log and no request waits for it; whoever reads the tables here is the test.
  return Object.fromEntries(counted.filter(([name]) => name !== 'Audit' && name !== 'operator'));
}

function sort(actions: Readonly<Record<string, number>>): AwsCalls {
  const all = Object.entries(actions);
  const sum = (pattern: RegExp): number =>
    all.filter(([action]) => pattern.test(action)).reduce((total, [, calls]) => total + calls, 0);
  const others = all.filter(([action]) => ![reading, writing, /^kms:Sign$/].some((each) => each.test(action)));
  return {
    reads: sum(reading),
    writes: sum(writing),
    signatures: sum(/^kms:Sign$/),
    others: Object.fromEntries(others),
  };
}

/** `…FunctionsTokenHandler1A2B3C4D…` → `Token`. */
function shortName(name: string): string {
  return /Functions(\w+?)Handler/.exec(name)?.[1] ?? name;
}
