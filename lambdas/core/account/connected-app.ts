import { askableResources } from '../admin/admin-resource.ts';
import { clientEvidence } from '../authorize/client-evidence.ts';
import type { ClientEvidence } from '../authorize/client-evidence.ts';
import { scopesAt } from '../authorize/scopes-at.ts';
import type { Client } from '../client.ts';
import type { Grant } from '../grant.ts';
import { identityResource } from '../identity/identity-resource.ts';
import { identityScopesIn } from '../identity/identity-scopes.ts';
import type { Consent } from '../ports/consents.ts';
import type { Scope } from '../protected-server.ts';

/** An app that has access of a person, or gets it without asking. Texts of the client must be escaped by pages. */
export interface ConnectedApp extends Partial<ClientEvidence> {
  readonly clientId: string;
  /** Its name; its id if it has none, or is registered no more (there is no `evidence` then). */
  readonly clientName: string;
  /** What it may do at each server; a server that is gone has no scopes and no name but its resource. */
  readonly access: readonly AppAccess[];
  /** Scopes of OpenID Connect that it was told. */
  readonly identityScopes: readonly string[];
  /** Those that live, the newest first. Empty: it is not connected now, and may come back without asking. */
  readonly sessions: readonly Grant[];
  /** Epoch seconds: the earliest that is known of it. */
  readonly since: number;
  /** Epoch seconds. Absent: never, as far as is known. */
  readonly lastUsedAt?: number;
}

type Known = Parameters<typeof askableResources>[0];

export interface AppAccess {
  readonly name: string;
  readonly resource: string;
  readonly scopes: readonly Pick<Scope, 'name' | 'description'>[];
}

/** What one client has, from its parts. @param client absent: registered no more */
export function connectedApp(
  clientId: string,
  parts: { readonly client?: Client; readonly sessions: readonly Grant[]; readonly consents: readonly Consent[] },
  known: Known,
): ConnectedApp {
  const { client, sessions, consents } = parts;
  const uses = sessions.map(({ lastUsedAt, rotatedAt }) => Math.max(lastUsedAt ?? 0, rotatedAt));
  const lastUsedAt = Math.max(0, ...uses);
  const names = [...sessions.flatMap((one) => one.identityScopes ?? []), ...consents.flatMap((one) => one.scopes)];
  return {
    clientId,
    clientName: client?.clientName ?? clientId,
    ...(client && clientEvidence(client)),
    access: accessOf(sessions, consents, known),
    identityScopes: identityScopesIn(names),
    sessions,
    since: Math.min(...sessions.map((one) => one.createdAt), ...consents.map((one) => one.updatedAt)),
    ...(lastUsedAt > 0 && { lastUsedAt }),
  };
}

function accessOf(sessions: readonly Grant[], consents: readonly Consent[], known: Known): readonly AppAccess[] {
  const servers = askableResources(known);
  const resources = new Set([...sessions.flatMap((one) => one.resources), ...consents.map((one) => one.resource)]);
  // Who only signs in opens nothing; what was told then stands in identityScopes.
  resources.delete(identityResource(known.issuer).resource);
  return [...resources].map((resource) => {
    const server = servers.find((one) => one.resource === resource);
    const granted = sessions
      .filter((one) => one.resources.includes(resource))
      .flatMap((one) => one.scopesByResource?.[resource] ?? one.scopes);
    const allowed = consents.filter((one) => one.resource === resource).flatMap((one) => one.scopes);
    const names = server ? scopesAt(server, [...granted, ...allowed]) : [];
    const scopes = server?.scopes.filter(({ name }) => names.includes(name)) ?? [];
    return { name: server?.name ?? resource, resource, scopes };
  });
}
