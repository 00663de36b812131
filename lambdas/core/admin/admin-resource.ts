import type { ProtectedServer } from '../protected-server.ts';

/** Everything; it includes the one below. */
export const adminScope = 'gatehouse:admin';
export const adminReadScope = 'gatehouse:admin:read';

/**
 * The admin API as a protected resource of this issuer (docs/decisions/0024). It must be asked by its own address, is no
 * default audience, stands in no list of servers, and is never granted together with anything else.
 */
export function adminResource(issuer: string): ProtectedServer {
  const path = '/admin/api';
  return {
    // No team's server can have an id with a colon.
    id: 'gatehouse:admin',
    name: 'Administration of this server',
    path,
    resource: `${issuer}${path}`,
    scopes: [
      {
        name: adminReadScope,
        description: 'See the sessions, clients, consents, API keys and audit trail of everybody',
        implies: [],
        tools: [],
        optional: false,
      },
      {
        name: adminScope,
        description: 'Administer everything: see what everybody has, register clients, make API keys, take access back',
        implies: [adminReadScope],
        tools: [],
        optional: true,
      },
    ],
  };
}

/** What a person can be asked to open: the MCP servers, and the admin API. */
export function askableResources(known: {
  readonly issuer: string;
  readonly servers: readonly ProtectedServer[];
}): readonly ProtectedServer[] {
  return [...known.servers, adminResource(known.issuer)];
}

/** Whether a request or grant is for the admin API. */
export function isForAdministration({ resources }: { readonly resources: readonly string[] }, issuer: string): boolean {
  return resources.includes(adminResource(issuer).resource);
}
