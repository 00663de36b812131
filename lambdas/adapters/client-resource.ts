import * as z from 'zod/mini';
import type { Clock } from '../core/ports/clock.ts';
import type { ClientRegistry } from '../core/ports/client-registry.ts';
import { administeredClient } from '../core/registration/administered-client.ts';
import type { CustomResourceOptions } from './custom-resource.ts';
import { customResource } from './custom-resource.ts';

export interface ClientResourceOptions {
  readonly registry: Pick<ClientRegistry, 'put' | 'remove'>;
  /** Reads a secret by its ARN. */
  readonly secret: (arn: string) => Promise<string>;
  readonly clock: Clock;
  readonly log: CustomResourceOptions<unknown>['log'];
}

/** Properties of `Custom::Client` in the template; `metadata`: JSON of RFC 7591. */
const properties = z.object({ metadata: z.string(), secretArn: z.optional(z.string()) });

/**
 * The custom resource that is a client of an administrator. Create and Update: the client is written as it is
 * described now, and its id is the resource's. Delete: the client is gone.
 */
export function clientResource({ registry, secret, clock, log }: ClientResourceOptions) {
  return customResource({
    failure: 'the client was not registered',
    properties,
    async ensure({ metadata, secretArn }) {
      const known = { now: clock.now(), ...(secretArn !== undefined && { secret: await secret(secretArn) }) };
      const client = administeredClient(JSON.parse(metadata), known);
      // Only a deployment changes it; the next one would undo whatever else did.
      await registry.put({ ...client, managedBy: 'stack' });
      return { id: client.clientId };
    },
    async remove(id) {
      await registry.remove(id);
    },
    log,
  });
}
