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
  if (kind === 'scopes') return servers.map(scopesOf).filter(hasOffers);
  const open = servers.filter(takesKeys);
  return [simple, ...[...open.map(scopesOf), ...open.map(toolsOf)].filter(hasOffers)];
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

function scopesOf(server: ProtectedServer): OfferGroup {
  const offers = server.scopes.map(({ name, description }) => ({ value: name, label: name, description }));
  return { title: `Scopes of ${server.name}`, offers };
}

function toolsOf({ name, scopes }: ProtectedServer): OfferGroup {
  const tools = [...new Set(scopes.flatMap((scope) => scope.tools))];
  const offers = tools.map((tool) => ({ value: `tool:${tool}`, label: tool }));
  return { title: `Single tools of ${name}`, offers, isFolded: true };
}

function hasOffers({ offers }: OfferGroup): boolean {
  return offers.length > 0;
}
