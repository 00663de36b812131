import type { Client, ClientAuthMethod } from '../client.ts';

/** Every method by which a client may authenticate; more than one if its metadata offer a choice (clients.md pain 17). */
export function methodsOf(
  client: Pick<Client, 'tokenEndpointAuthMethod' | 'tokenEndpointAuthMethods'>,
): readonly ClientAuthMethod[] {
  return client.tokenEndpointAuthMethods ?? [client.tokenEndpointAuthMethod];
}
