import { randomUUID } from 'node:crypto';
import type { AwsInput, Service } from '../service.ts';
import { AwsError, localAccount } from '../service.ts';

/** As many events are remembered. */
const most = 20_000;

export interface LocalEvents {
  readonly service: Service;
  /** What was put on a bus, oldest first. */
  recorded(): readonly unknown[];
}

/** EventBridge, as far as events are put on it: no rule runs here, the events can be read. */
export function createEventBridge(): LocalEvents {
  const events: unknown[] = [];
  const service: Service = {
    name: 'events',
    jsonVersion: '1.1',
    errorNamespace: '',
    knows: (operation) => operation === 'PutEvents',
    requests: (operation, input, region) =>
      entriesOf(input).map((entry) => ({ action: `events:${operation}`, resource: busArn(entry, region) })),
    answer: async (_operation, input) => {
      const entries = entriesOf(input);
      if (entries.length === 0 || entries.length > 10) {
        throw new AwsError('ValidationException', 'Entries must have 1 to 10 items');
      }
      events.push(...entries);
      events.splice(0, events.length - most);
      return { output: { FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: randomUUID() })) } };
    },
  };
  return { service, recorded: () => events };
}

function entriesOf(input: AwsInput): readonly AwsInput[] {
  const entries = input['Entries'];
  return Array.isArray(entries) ? (entries as AwsInput[]) : [];
}

function busArn(entry: AwsInput, region: string): string {
  const bus = typeof entry['EventBusName'] === 'string' ? entry['EventBusName'] : 'default';
  return bus.startsWith('arn:') ? bus : `arn:aws:events:${region}:${localAccount}:event-bus/${bus}`;
}
