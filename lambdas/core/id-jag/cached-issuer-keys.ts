import type { ClientJwk } from '../ports/client-keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { Documents, FetchedDocument } from '../ports/documents.ts';
import { DocumentError } from '../ports/documents.ts';
import type { IssuerKeys } from '../ports/issuer-keys.ts';
import type { TrustedIssuer } from '../trusted-issuer.ts';

/** Seconds for which keys are used without asking again. */
const memory = 600;
/** Seconds that must pass before keys are fetched again for one that is lacking. */
const pause = 60;

/** Where an issuer's metadata may be: OpenID Connect Discovery §4, RFC 8414 §3.1. */
function metadataUrls(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}${path}/.well-known/openid-configuration`,
    `${origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

/** @throws DocumentError of the last place, if none has metadata of this issuer with a `jwks_uri` */
async function discover(issuer: string, documents: Documents): Promise<string> {
  let trouble: unknown;
  for (const url of metadataUrls(issuer)) {
    try {
      // The larger limit: metadata of identity providers go beyond 5 KB.
      const { body } = await documents.load(url, 'jwks');
      // RFC 8414 §3.3: whoever answers must be the issuer that was asked.
      if (body['issuer'] === issuer && typeof body['jwks_uri'] === 'string') return body['jwks_uri'];
      trouble = new DocumentError('invalid', `${url} is no metadata of ${issuer}`);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      trouble = error;
    }
  }
  throw trouble;
}

function keysIn({ body }: FetchedDocument): readonly ClientJwk[] {
  const { keys } = body;
  if (!Array.isArray(keys)) throw new DocumentError('invalid', 'the key set has no array keys');
  return keys.filter((key): key is ClientJwk => typeof key === 'object' && key !== null);
}

/**
 * Keys of trusted issuers, fetched and remembered for ten minutes. While an issuer does not answer, its last keys serve
 * on for those ten minutes; failures are not remembered.
 */
export function cachedIssuerKeys(deps: { readonly documents: Documents; readonly clock: Clock }): IssuerKeys {
  const { documents, clock } = deps;
  const known = new Map<string, { readonly keys: readonly ClientJwk[]; readonly fetchedAt: number }>();

  async function fetchKeys({ issuer, jwksUri }: TrustedIssuer): Promise<readonly ClientJwk[]> {
    const url = jwksUri ?? (await discover(issuer, documents));
    const keys = keysIn(await documents.load(url, 'jwks'));
    known.set(issuer, { keys, fetchedAt: clock.now() });
    return keys;
  }

  return {
    async find(issuer, { fresh = false } = {}) {
      const entry = known.get(issuer.issuer);
      const age = entry ? clock.now() - entry.fetchedAt : Infinity;
      if (entry && age < (fresh ? pause : memory)) return entry.keys;
      try {
        return await fetchKeys(issuer);
      } catch (error) {
        if (!entry || age >= memory) throw error;
        return entry.keys;
      }
    },
  };
}
