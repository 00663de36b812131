import { startAws } from './aws/start.ts';
import { awsSpecOf } from './aws-spec-of.ts';
import { startControlServer } from './control/control-server.ts';
import { runSchedule, scheduleIds } from './control/schedules.ts';
import { createCustomResources } from './custom-resources/create-custom-resources.ts';
import type { Door } from './doors.ts';
import { doorsOf, issuerOf, originsOf, readHouse } from './doors.ts';
import { createIdentityProvider } from './identity-provider/start.ts';
import { identityClients, userPoolIssuers } from './identity-clients.ts';
import { readFunction } from './lambda/function-spec.ts';
import type { LogEvent } from './lambda/instance.ts';
import type { LocalLambda } from './lambda/local-lambda.ts';
import { createLambda } from './lambda/local-lambda.ts';
import { jsonLine, readableLine } from './lambda/log-line.ts';
import type { Listener } from './listen.ts';
import { listenOnLoopback } from './listen.ts';
import type { Options } from './options.ts';
import type { Offer } from './ready-block.ts';
import { mcpUrlsOf } from './ready-block.ts';
import { identityProviderPath, serveDoor } from './serve-door.ts';
import type { StateFolder } from './state-folder.ts';
import { openStateFolder } from './state-folder.ts';
import { synthesize } from './synthesize.ts';
import type { Assembly } from './template/assembly.ts';
import { readAssembly } from './template/assembly.ts';
import type { Stack } from './template/stack.ts';
import { openStack } from './template/stack.ts';

/** Something that was started and must be stopped. */
type Undo = () => void | Promise<void>;

export interface Runner {
  /** Starts everything. @throws StartError with one line for people */
  start(): Promise<Offer & { readonly controlPort: number }>;
  /** Stops every child and listener; may be called at any time, also while starting. */
  stop(): Promise<void>;
}

/** @param print takes the lines that people read */
export function createRunner(options: Options, print: (line: string) => void): Runner {
  const undos: Undo[] = [];
  const aborting = new AbortController();

  async function stop(): Promise<void> {
    aborting.abort();
    for (const undo of undos.splice(0).reverse()) await undo();
  }

  async function start(): Promise<Offer & { readonly controlPort: number }> {
    const state = await openStateFolder(options.state, options.fresh);
    const first = await listen(options.port);
    print(`synthesizing ${options.app}`);
    const folder = await synthesize(options.app, state.file('cdk.out'), aborting.signal);
    const assembly = readAssembly(folder);
    const stack = openStack(assembly, state.secretKey);
    const doors = doorsOf(stack);
    const listeners = await listenForDoors(first, doors.length);
    stack.useOrigins([
      ...originsOf(
        doors,
        listeners.map((listener) => listener.port),
      ),
      ...userPoolIssuers(stack).map((from) => ({ from, to: identityIssuer(first) })),
    ]);
    reportUnsupported(assembly, stack);
    print('starting DynamoDB, KMS and Secrets Manager');
    const aws = await startAws(awsSpecOf(stack, state.file('aws'), print));
    undos.push(() => aws.stop());
    const lambda = startLambda(assembly, stack, aws.endpoint);
    await createCustomResources(stack, lambda, state.file('custom-resources.json'));
    await openDoors(stack, doors, listeners, lambda, state);
    const controlPort = await startControl(stack, lambda, () => aws.sweepExpired());
    state.announce({ pid: process.pid, port: first.port, controlPort, awsEndpoint: aws.endpoint });
    undos.push(() => state.leave());
    return { ...offerOf(stack, state), controlPort };
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

  function reportUnsupported(assembly: Assembly, stack: Stack): void {
    for (const other of assembly.otherStacks) print(`unsupported: stack ${other} is not run; only ${stack.name} is`);
    for (const { logicalId, type } of stack.unsupported()) {
      print(`unsupported: ${logicalId} (${type}) does nothing here; what depends on it will not work`);
    }
  }

  function startLambda(assembly: Assembly, stack: Stack, awsEndpoint: string): LocalLambda {
    const byArn = new Map(
      stack.resourcesOf('AWS::Lambda::Function').map(({ logicalId }) => [stack.attribute(logicalId, 'Arn'), logicalId]),
    );
    const lambda = createLambda((arn) => {
      const logicalId = byArn.get(arn);
      return logicalId === undefined ? undefined : readFunction(stack, logicalId, assembly.assetPath, awsEndpoint);
    }, writeLog);
    undos.push(() => lambda.stop());
    return lambda;
  }

  function writeLog(event: LogEvent): void {
    if (options.log === 'json') print(jsonLine(event, new Date()));
    if (options.log === 'text') print(readableLine(event, new Date()));
  }

  async function openDoors(
    stack: Stack,
    doors: readonly Door[],
    listeners: readonly Listener[],
    lambda: LocalLambda,
    state: StateFolder,
  ): Promise<void> {
    const [first] = listeners;
    const house = readHouse(stack, (line) => print(`unsupported: ${line}`));
    const identityProvider =
      first && userPoolIssuers(stack).length > 0
        ? await createIdentityProvider({
            issuer: identityIssuer(first),
            stateDir: state.file('identity-provider'),
            clients: identityClients(stack),
          })
        : undefined;
    for (const [index, door] of doors.entries()) {
      listeners[index]?.serve(
        serveDoor(door, house, lambda, index === 0 ? identityProvider?.handler : undefined, print),
      );
    }
  }

  async function startControl(stack: Stack, lambda: LocalLambda, sweepExpired: () => Promise<number>): Promise<number> {
    const ids = scheduleIds(stack);
    const control = await startControlServer({
      scheduleIds: ids,
      runSchedule: (logicalId) => runSchedule(stack, lambda, logicalId),
      sweepExpired,
    });
    undos.push(() => {
      control.server.close();
      control.server.closeAllConnections();
    });
    for (const id of ids) {
      print(`schedule ${id} runs by hand: curl -X POST http://127.0.0.1:${control.port}/local/schedules/${id}`);
    }
    return control.port;
  }

  return { start, stop };
}

function offerOf(stack: Stack, state: StateFolder): Offer {
  const outputs = stack.outputs();
  return {
    baseUrl: outputs.Issuer ?? issuerOf(stack),
    mcpUrls: mcpUrlsOf(outputs),
    statePath: state.path,
    embeddedSignIn: userPoolIssuers(stack).length > 0,
  };
}

function identityIssuer(first: Listener): string {
  return `http://localhost:${first.port}${identityProviderPath}`;
}
