import { detailsAt } from '../authorization-details/details-at.ts';
import { invalidDetails } from '../authorization-details/invalid-details.ts';
import type { AuthorizationDetail } from '../authorization-request.ts';
import type { Grant } from '../grant.ts';
import { audiencesOf } from '../identity/identity-resource.ts';
import type { Presentation } from '../ports/grants.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { pathDetailType } from '../resource/path-narrowing.ts';
import type { TokenDeps } from './exchange-token.ts';
import { audienceOf } from './token-scopes.ts';

type Details = readonly AuthorizationDetail[] | undefined;

/** One spelling for equal values: members in order. */
function spelled(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/**
 * The details of a token: those of the grant that belong to its audience, or those of them that were asked.
 * @param asked undefined: all of them
 * @throws OAuthError invalid_authorization_details if something was asked that the person did not allow there
 */
export function tokenDetails(grant: Grant, server: ProtectedServer, asked: Details): Details {
  const granted = detailsAt(server, grant.authorizationDetails);
  if (!asked) return granted;
  const known = new Set(granted?.map(spelled));
  // F-E5: of paths we know that a token without them is not narrower but wider.
  const [isNarrowed, staysNarrowed] = [granted, asked].map((list) => list?.some(({ type }) => type === pathDetailType));
  if (isNarrowed && !staysNarrowed) throw invalidDetails(`keep an object of the type ${pathDetailType}, it is a limit`);
  // RFC 9396 §6.1: what narrower means, only a server knows that understands the type; leaving out the others is narrower.
  if (asked.every((detail) => known.has(spelled(detail)))) return asked;
  throw invalidDetails('ask for objects that were granted for this resource, unchanged, or leave the parameter out');
}

/** Refuses other details than were granted before anything is spent. Costs a read, only where the request has some. */
export async function checkTokenDetails(shown: Presentation, asked: Details, deps: TokenDeps): Promise<void> {
  const grant = asked && (await deps.grants.find(shown.gid));
  if (grant?.saltDigest !== shown.saltDigest || grant.clientId !== shown.clientId) return;
  // Another resource than those of the grant is refused by the write itself.
  if (shown.resource !== undefined && !grant.resources.includes(shown.resource)) return;
  tokenDetails(grant, audienceOf(grant, shown.resource, audiencesOf(deps)), asked);
}
