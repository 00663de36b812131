import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import type { FetchedDocument, Documents } from '../../core/ports/documents.ts';
import { DocumentError } from '../../core/ports/documents.ts';
import { freshness } from './freshness.ts';
import type { Resolve } from './guarded-lookup.ts';
import { guardedLookup } from './guarded-lookup.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';
import { readJsonObject } from './read-json-object.ts';
import { refuseSocket } from './refuse-socket.ts';

/** Bytes. CIMD §6.6 recommends 5 KB; key sets with certificates are larger. */
const largest = { 'client-metadata': 5 * 1024, jwks: 64 * 1024 } as const;
/** Milliseconds for the whole exchange: DNS, TLS, headers and body. */
const patience = 5000;

const resolveAll: Resolve = (host) => lookup(host, { all: true });

export interface GuardedFetchOptions {
  /** The issuer; only where it is on loopback itself may documents be (CIMD §6.5). */
  readonly issuer: string;
  /** @default the DNS of the machine */
  readonly resolve?: Resolve;
  /** Milliseconds. @default 5000 */
  readonly timeout?: number;
}

/** Fetches documents from hosts that strangers name, and from nowhere inside (CIMD §6.5, §6.6; AS-24, AS-25). */
export function guardedFetch({ issuer, resolve = resolveAll, timeout = patience }: GuardedFetchOptions): Documents {
  const mayLoopback = isLoopbackHost(new URL(issuer).hostname);
  const isAllowed = (address: string) => isPublicAddress(address) || (mayLoopback && isLoopbackAddress(address));

  async function exchange(url: URL, limit: number, signal: AbortSignal): Promise<FetchedDocument> {
    const answer = await get(url, { isAllowed, resolve, signal });
    try {
      checkStatus(answer.statusCode ?? 0);
      const body = await readJsonObject(answer, limit);
      const maxAge = freshness(answer.headers, Date.now());
      return maxAge === undefined ? { body } : { body, maxAge };
    } finally {
      answer.destroy();
    }
  }

  return {
    async load(address, kind) {
      const url = safeUrl(address, isAllowed);
      try {
        return await exchange(url, largest[kind], AbortSignal.timeout(timeout));
      } catch (error) {
        if (error instanceof DocumentError) throw error;
        throw new DocumentError('unavailable', `${url.host} does not answer`, error);
      }
    },
  };
}

/** @throws DocumentError refused */
function safeUrl(address: string, isAllowed: (address: string) => boolean): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:') throw new DocumentError('refused', 'not an https URL');
  // No lookup happens for a literal address. The parser has turned decimal, octal and hexadecimal forms into dots.
  const literal = bare(url.hostname);
  if (isIP(literal) && !isAllowed(literal)) throw new DocumentError('refused', `${literal} is not a public address`);
  return url;
}

interface Guard {
  readonly isAllowed: (address: string) => boolean;
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
}

function get(url: URL, { isAllowed, resolve, signal }: Guard): Promise<IncomingMessage> {
  const { promise, resolve: answered, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'Gatehouse' };
  // No agent, no kept connection: each one is checked. Redirects are not followed by node:https.
  const options = { agent: false, headers, lookup: guardedLookup(resolve, isAllowed), signal } as const;
  const sent = request(url, options, answered);
  sent.on('socket', (socket) => refuseSocket(socket, isAllowed));
  sent.on('error', reject);
  sent.end();
  return promise;
}

/** CIMD §4 (AS-22): only 200 counts. */
function checkStatus(status: number): void {
  if (status === 200) return;
  // What stands in front of a host says these (clients.md pain 18); the document itself may well be there.
  const isPassing = status >= 500 || [403, 408, 425, 429].includes(status);
  throw new DocumentError(isPassing ? 'unavailable' : 'invalid', `the answer has status ${status}`);
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || isLoopbackAddress(bare(hostname));
}
