import type { AuthorizationRequest } from '../authorization-request.ts';
import type { Grant } from '../grant.ts';
import type { ProtectedServer } from '../protected-server.ts';
import type { Recalled } from './recall-consent.ts';
import { scopesAt } from './scopes-at.ts';

/** The scopes that a person allowed at one server. */
export interface AllowedAt {
  readonly server: ProtectedServer;
  readonly names: readonly string[];
}

/**
 * The value of a scope's tick in the form. Two servers may call different rights by the same name, so a page for
 * several servers says whose scope it is.
 * @param several whether the page is for several servers
 */
export function tickOf(server: Pick<ProtectedServer, 'resource'>, name: string, several: boolean): string {
  // No scope has a space (RFC 6749 §3.3), no resource identifier either.
  return several ? `${server.resource} ${name}` : name;
}

/**
 * What the person's answer allows, server by server: what was ticked, and what cannot be unticked. What was allowed
 * before comes back as a tick that the page put there, so only what the page showed is allowed.
 * @param recalled of the servers of the request
 * @returns without servers of which the person allowed nothing that was asked, unless that is all of them
 */
export function allowedScopes(
  { resources }: Pick<AuthorizationRequest, 'resources'>,
  recalled: readonly Recalled[],
  ticked: readonly string[],
): readonly AllowedAt[] {
  const several = resources.length > 1;
  const answers = recalled.map(({ server, fresh, kept }) => {
    const isRequired = (name: string) => server.scopes.some((scope) => scope.name === name && !scope.optional);
    const isAllowed = (name: string) =>
      ticked.includes(tickOf(server, name, several)) || (fresh.includes(name) && isRequired(name));
    const asked = [...fresh, ...kept];
    return { server, names: scopesAt(server, asked).filter(isAllowed), isEmpty: asked.length === 0 };
  });
  const some = answers.filter(({ names, isEmpty }) => names.length > 0 || isEmpty);
  return (some.length > 0 ? some : answers).map(({ server, names }) => ({ server, names }));
}

/** The same as parts of a grant; `scopesByResource` only where the plain names would say more than was allowed. */
export function grantedParts(
  allowed: readonly AllowedAt[],
): Pick<Grant, 'resources' | 'scopes'> & Partial<Pick<Grant, 'scopesByResource'>> {
  const scopes = [...new Set(allowed.flatMap(({ names }) => names))];
  const resources = allowed.map(({ server }) => server.resource);
  const isPlain = allowed.every(({ server, names }) => scopesAt(server, scopes).length === names.length);
  if (isPlain) return { resources, scopes };
  return {
    resources,
    scopes,
    scopesByResource: Object.fromEntries(allowed.map(({ server, names }) => [server.resource, names])),
  };
}
