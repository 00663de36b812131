import { randomBytes } from 'node:crypto';
import { startAws } from './aws/start.ts';
import { awsSpecOf } from './aws-spec-of.ts';
import { startControl } from './control/start-control.ts';
import { createCustomResources } from './custom-resources/create-custom-resources.ts';
import { doorsOf, issuerOf, originsOf } from './doors.ts';
import { userPoolIssuers } from './identity-clients.ts';
import type { LogEvent } from './lambda/instance.ts';
import { jsonLine, readableLine } from './lambda/log-line.ts';
import { startLambda } from './lambda/start-lambda.ts';
import type { Listener } from './listen.ts';
import type { LogSubscriptions } from './logs/log-subscriptions.ts';
import { openLogSubscriptions } from './logs/log-subscriptions.ts';
import { listenOnLoopback } from './listen.ts';
import { identityIssuer, openDoors } from './open-doors.ts';
import type { Options } from './options.ts';
import type { Offer } from './ready-block.ts';
import { mcpUrlsOf } from './ready-block.ts';
import { openStateFolder } from './state-folder.ts';
import { synthesize } from './synthesize.ts';
import type { Assembly } from './template/assembly.ts';
import { readAssembly } from './template/assembly.ts';
import type { Stack } from './template/stack.ts';
import { openStack } from './template/stack.ts';

export interface Runner {
  /** Starts everything. @throws Error with one line for people */
  start(): Promise<Offer & { readonly controlPort: number }>;
  /** Stops every child and listener; may be called at any time, also while starting. */
  stop(): Promise<void>;
}

/** @param print takes the lines that people read */
export function createRunner(options: Options, print: (line: string) => void): Runner {
  const undos: (() => void | Promise<void>)[] = [];
  const aborting = new AbortController();
  let subscriptions: LogSubscriptions | undefined;

  async function stop(): Promise<void> {
    aborting.abort();
    for (const undo of undos.splice(0).reverse()) await undo();
  }

  async function listen(port: number): Promise<Listener> {
    const listener = await listenOnLoopback(port);
    undos.push(() => listener.close());
    return listener;
  }

  async function listenForDoors(first: Listener, count: number): Promise<Listener[]> {
    const listeners = [first];
    while (listeners.length < count) {
      listeners.push(await listen(options.port === 0 ? 0 : options.port + listeners.length));
    }
    return listeners;
  }

  function writeLog(event: LogEvent): void {
    subscriptions?.take(event);
    if (options.log === 'json') print(jsonLine(event, new Date()));
    if (options.log === 'text') print(readableLine(event, new Date()));
  }

  async function start(): Promise<Offer & { readonly controlPort: number }> {
    const state = await openStateFolder(options.state, options.fresh);
    const first = await listen(options.port);
    print(`synthesizing ${options.app}`);
    const assembly = readAssembly(await synthesize(options.app, state.file('cdk.out'), aborting.signal));
    const stack = openStack(assembly, state.secretKey);
    const doors = doorsOf(stack);
    const listeners = await listenForDoors(first, doors.length);
    const ports = listeners.map((listener) => listener.port);
    const signIn = userPoolIssuers(stack).map((from) => ({ from, to: identityIssuer(first) }));
    stack.useOrigins([...originsOf(doors, ports), ...signIn]);
    reportUnsupported(assembly, stack, print);
    print('starting DynamoDB, KMS and Secrets Manager');
    const operatorKeyId = `AKIALOCAL${randomBytes(12).toString('hex').toUpperCase()}`;
    const aws = await startAws(awsSpecOf(stack, state.file('aws'), operatorKeyId, print));
    undos.push(() => aws.stop());
    const lambda = startLambda(assembly, stack, aws.endpoint, writeLog);
    undos.push(() => lambda.stop());
    await createCustomResources(stack, lambda, state.file('custom-resources.json'));
    subscriptions = openLogSubscriptions(stack, lambda, print);
    undos.push(() => subscriptions?.stop());
    await openDoors(stack, doors, listeners, lambda, state.file('identity-provider'), print);
    const control = await startControl(stack, lambda, () => aws.sweepExpired(), print);
    undos.push(() => control.stop());
    const { endpoint: awsEndpoint } = aws;
    state.announce({ pid: process.pid, port: first.port, controlPort: control.port, awsEndpoint, operatorKeyId });
    undos.push(() => state.leave());
    return { ...offerOf(stack, state.path), controlPort: control.port };
  }
  return { start, stop };
}

function reportUnsupported(assembly: Assembly, stack: Stack, print: (line: string) => void): void {
  for (const other of assembly.otherStacks) print(`unsupported: stack ${other} is not run; only ${stack.name} is`);
  for (const { logicalId, type } of stack.unsupported()) {
    print(`unsupported: ${logicalId} (${type}) does nothing here; what depends on it will not work`);
  }
}

function offerOf(stack: Stack, statePath: string): Offer {
  const outputs = stack.outputs();
  return {
    baseUrl: outputs.Issuer ?? issuerOf(stack),
    mcpUrls: mcpUrlsOf(outputs),
    statePath,
    embeddedSignIn: userPoolIssuers(stack).length > 0,
  };
}
