import type { Door } from './doors.ts';
import { readHouse } from './doors.ts';
import { identityClients, userPoolIssuers } from './identity-clients.ts';
import { createIdentityProvider } from './identity-provider/start.ts';
import type { LocalLambda } from './lambda/local-lambda.ts';
import type { Listener } from './listen.ts';
import { identityProviderPath, serveDoor } from './serve-door.ts';
import type { Stack } from './template/stack.ts';

/** Lets requests in at every door; the first one also leads to the embedded identity provider, if the stack needs it. */
export async function openDoors(
  stack: Stack,
  doors: readonly Door[],
  listeners: readonly Listener[],
  lambda: LocalLambda,
  identityStateDir: string,
  print: (line: string) => void,
): Promise<void> {
  const house = readHouse(stack, (line) => print(`unsupported: ${line}`));
  const [first] = listeners;
  const identityProvider =
    first && userPoolIssuers(stack).length > 0
      ? await createIdentityProvider({
          issuer: identityIssuer(first),
          stateDir: identityStateDir,
          clients: identityClients(stack),
        })
      : undefined;
  for (const [index, door] of doors.entries()) {
    const mounted = index === 0 ? identityProvider?.handler : undefined;
    listeners[index]?.serve(serveDoor(door, house, lambda, mounted, print));
  }
}

/** Issuer of the embedded identity provider. */
export function identityIssuer(first: Listener): string {
  return `http://localhost:${first.port}${identityProviderPath}`;
}
