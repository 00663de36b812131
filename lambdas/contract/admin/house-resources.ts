import type { AdminResource } from './operation.ts';

/** What a deployment declared, and what it signs with. */
export const houseResources = {
  servers: {
    id: 'servers',
    title: 'Servers',
    one: 'server',
    about: 'The MCP servers behind the gate, with what to paste where. They are declared in bin/gatehouse.ts.',
    key: 'server',
    fields: [
      { name: 'name', label: 'Name', type: 'text', listed: true },
      { name: 'server', label: 'Id', type: 'code', of: 'servers', listed: true },
      { name: 'url', label: 'MCP URL', type: 'code', listed: true },
      { name: 'credentials', label: 'Takes', type: 'texts', listed: true },
      { name: 'scopes', label: 'Scopes', type: 'json' },
      { name: 'metadataUrl', label: 'Metadata at', type: 'code' },
      { name: 'metadata', label: 'Metadata (RFC 9728)', type: 'json' },
      { name: 'paste', label: 'To paste', type: 'json' },
    ],
  },
  'signing-keys': {
    id: 'signing-keys',
    title: 'Signing keys',
    one: 'signing key',
    about: 'The KMS keys of access tokens and ID tokens. Private halves never leave KMS.',
    key: 'kid',
    fields: [
      { name: 'kid', label: 'Key id', type: 'code', of: 'signing-keys', listed: true },
      { name: 'algorithm', label: 'Algorithm', type: 'text', listed: true },
      {
        name: 'state',
        label: 'State',
        type: 'state',
        states: ['published', 'signing', 'retired', 'gone'],
        listed: true,
      },
      { name: 'createdAt', label: 'Made', type: 'time', listed: true },
      { name: 'signsFrom', label: 'Signs from', type: 'time' },
      { name: 'retiredAt', label: 'Retired', type: 'time' },
      { name: 'goneAt', label: 'Its tokens end', type: 'time' },
      { name: 'keyArn', label: 'KMS key', type: 'code' },
      { name: 'publicJwk', label: 'Public half (RFC 7517)', type: 'json' },
    ],
  },
} as const satisfies Readonly<Record<string, AdminResource>>;
