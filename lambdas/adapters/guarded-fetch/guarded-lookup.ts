import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { DocumentError } from '../../core/ports/documents.ts';

/** Every address of a host, as `dns.promises.lookup` with `all` gives them. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/**
 * A `lookup` for one connection that knows only checked addresses (AS-24). If one of a host's addresses is not allowed,
 * none is used: a name that leads inside has no business here. The answer is what the socket connects to; nobody asks
 * the DNS a second time, so that an answer that changes meanwhile (DNS rebinding) changes nothing.
 */
export function guardedLookup(resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction {
  async function checked(host: string): Promise<readonly LookupAddress[]> {
    const addresses = await resolve(host);
    if (addresses.length === 0) throw new DocumentError('unavailable', `${host} has no address`);
    const outside = addresses.find(({ address }) => !isAllowed(address));
    if (outside) throw new DocumentError('refused', `${host} has the address ${outside.address}, which is not public`);
    return addresses;
  }

  return (host, options, callback) => {
    checked(host).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all || !first) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}
