import type { LogEvent } from '../lambda/instance.ts';
import type { LocalLambda } from '../lambda/local-lambda.ts';
import type { Stack } from '../template/stack.ts';
import { deliveryOf, patternOf } from './subscription.ts';

export interface LogSubscriptions {
  /** Takes a line that a function printed; never waits. */
  take(event: LogEvent): void;
  /** Delivers what waits, in 3 seconds at most. */
  stop(): Promise<void>;
}

interface Subscription {
  readonly logGroup: string;
  readonly fits: (line: string) => boolean;
  readonly functionArn: string;
  readonly waiting: string[];
}

/** Milliseconds in which lines are gathered; CloudWatch Logs takes seconds. */
const gathering = 200;
/** As often as Lambda tries an asynchronous invocation. */
const attempts = 3;

/** The subscription filters of the stack: lines of functions go to the functions that subscribe to their logs. */
export function openLogSubscriptions(
  stack: Stack,
  lambda: LocalLambda,
  print: (line: string) => void,
): LogSubscriptions {
  const subscriptions = readSubscriptions(stack, print);
  const logGroups = logGroupsOf(stack);
  let delivering: Promise<void> | undefined;

  async function deliver(): Promise<void> {
    for (const { waiting, logGroup, functionArn } of subscriptions) {
      while (waiting.length > 0) await hand(functionArn, deliveryOf(logGroup, waiting.splice(0, 1000), Date.now()));
    }
  }

  async function hand(functionArn: string, delivery: unknown): Promise<void> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const outcome = await lambda.invoke(functionArn, delivery).catch(() => undefined);
      if (outcome?.kind === 'result') return;
    }
    print(`error: log events were not delivered to ${functionArn}`);
  }

  function start(wait: number): Promise<void> {
    delivering ??= new Promise((resolve) => setTimeout(resolve, wait)).then(deliver).finally(() => {
      delivering = undefined;
      if (subscriptions.some(({ waiting }) => waiting.length > 0)) void start(gathering);
    });
    return delivering;
  }

  return {
    take({ functionName, text }) {
      const logGroup = logGroups.get(functionName);
      const interested = subscriptions.filter((each) => each.logGroup === logGroup && each.fits(text));
      for (const { waiting } of interested) waiting.push(text);
      if (interested.length > 0) void start(gathering);
    },
    async stop() {
      const deadline = new Promise<void>((resolve) => setTimeout(resolve, 3000).unref());
      const emptied = (async () => {
        while (delivering) await delivering;
      })();
      await Promise.race([emptied, deadline]);
    },
  };
}

function readSubscriptions(stack: Stack, print: (line: string) => void): Subscription[] {
  return stack.resourcesOf('AWS::Logs::SubscriptionFilter').flatMap(({ logicalId }) => {
    const pattern = stack.property(logicalId, 'FilterPattern');
    const fits = patternOf(pattern);
    if (!fits) print(`unsupported: ${logicalId} has the filter pattern ${pattern}; nothing is delivered`);
    const logGroup = stack.property(logicalId, 'LogGroupName');
    const functionArn = stack.property(logicalId, 'DestinationArn');
    return fits ? [{ logGroup, fits, functionArn, waiting: [] }] : [];
  });
}

/** Name of a function → its log group. */
function logGroupsOf(stack: Stack): ReadonlyMap<string, string> {
  return new Map(
    stack.resourcesOf('AWS::Lambda::Function').map(({ logicalId }) => {
      const { LoggingConfig } = stack.properties(logicalId) as { LoggingConfig?: { LogGroup?: string } };
      const name = stack.ref(logicalId);
      return [name, LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`];
    }),
  );
}
