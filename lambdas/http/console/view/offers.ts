import type { InputField } from '../../../contract/admin/operation.ts';
import type { ProtectedServer } from '../../../core/protected-server.ts';

export interface Offer {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

/** Offers that belong together. */
export interface OfferGroup {
  /** @default no heading */
  readonly title?: string;
  readonly offers: readonly Offer[];
  /** Shown folded up: many, and seldom needed. @default false */
  readonly isFolded?: boolean;
}

/** What this deployment has to tick for a field. */
export function offersOf(
  kind: NonNullable<InputField['offers']>,
  servers: readonly ProtectedServer[],
): readonly OfferGroup[] {
  if (kind === 'servers') {
    return [
      {
        offers: servers
          .filter(takesKeys)
          .map(({ id, name, resource }) => ({ value: id, label: name, description: resource })),
      },
    ];
  }
  if (kind === 'scopes') return scopesOf(servers);
  const open = servers.filter(takesKeys);
  return [simple, ...scopesOf(open), ...toolsOf(open)];
}

function takesKeys({ apiKeys }: ProtectedServer): boolean {
  return apiKeys !== 'refused';
}

const simple: OfferGroup = {
  title: 'At every chosen server',
  offers: [
    { value: 'read', label: 'Read', description: 'Every scope that ends in :read.' },
    { value: 'write', label: 'Write', description: 'Every scope that ends in :read, :write or :delete.' },
  ],
};

function scopesOf(servers: readonly ProtectedServer[]): readonly OfferGroup[] {
  return byServers(servers, ({ scopes }) =>
    scopes.map(({ name, description }) => ({ value: name, label: name, description })),
  ).map(({ of, offers }) => ({ title: `Scopes of ${of}`, offers }));
}

function toolsOf(servers: readonly ProtectedServer[]): readonly OfferGroup[] {
  return byServers(servers, ({ scopes }) =>
    scopes.flatMap(({ tools }) => tools).map((tool) => ({ value: `tool:${tool}`, label: tool })),
  ).map(({ of, offers }) => ({ title: `Single tools of ${of}`, offers, isFolded: true }));
}

/** Each value once, under the names of all servers that have it: whoever ticks it has it at each of them. */
function byServers(
  servers: readonly ProtectedServer[],
  offersAt: (server: ProtectedServer) => readonly Offer[],
): readonly { readonly of: string; readonly offers: readonly Offer[] }[] {
  const all = servers.flatMap((server) => offersAt(server).map((offer) => ({ ...offer, of: server.name })));
  const each = [...Map.groupBy(all, ({ value }) => value).values()].flatMap((same) => {
    const description = once(same.flatMap((offer) => offer.description ?? [])).join(' / ');
    return same.slice(0, 1).map(({ value, label }) => ({
      of: once(same.map(({ of }) => of)).join(', '),
      offer: { value, label, ...(description !== '' && { description }) },
    }));
  });
  const groups = Map.groupBy(each, ({ of }) => of);
  return [...groups].map(([of, members]) => ({ of, offers: members.map(({ offer }) => offer) }));
}

function once(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
