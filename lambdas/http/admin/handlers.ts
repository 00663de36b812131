import type { OperationId } from '../../contract/admin/index.ts';
import type { AdminHandler } from '../../core/admin/admin-handler.ts';
import { createClient } from '../../core/admin/clients/create.ts';
import { deleteClient } from '../../core/admin/clients/delete.ts';
import { getClient } from '../../core/admin/clients/get.ts';
import { listClients } from '../../core/admin/clients/list.ts';
import { revokeClient } from '../../core/admin/clients/revoke.ts';
import { rotateClientSecret } from '../../core/admin/clients/rotate-secret.ts';
import { updateClient } from '../../core/admin/clients/update.ts';
import { createKey } from '../../core/admin/keys/create.ts';
import { getKey } from '../../core/admin/keys/get.ts';
import { listKeys } from '../../core/admin/keys/list.ts';
import { revokeKey } from '../../core/admin/keys/revoke.ts';
import { listAudit } from '../../core/admin/audit/list.ts';
import { getOverview } from '../../core/admin/overview/get.ts';
import { getServer } from '../../core/admin/servers/get.ts';
import { listServers } from '../../core/admin/servers/list.ts';
import { getSigningKey } from '../../core/admin/signing-keys/get.ts';
import { listSigningKeys } from '../../core/admin/signing-keys/list.ts';
import { retireSigningKey } from '../../core/admin/signing-keys/retire.ts';
import { rotateSigningKey } from '../../core/admin/signing-keys/rotate.ts';
import { getConsent } from '../../core/admin/consents/get.ts';
import { listConsents } from '../../core/admin/consents/list.ts';
import { revokeConsent } from '../../core/admin/consents/revoke.ts';
import { getPerson } from '../../core/admin/people/get.ts';
import { revokePerson } from '../../core/admin/people/revoke.ts';
import { getSession } from '../../core/admin/sessions/get.ts';
import { listSessions } from '../../core/admin/sessions/list.ts';
import { revokeSession } from '../../core/admin/sessions/revoke.ts';

/** What runs each operation of the table; the compiler demands all of them. */
export const adminHandlers: { readonly [Id in OperationId]: AdminHandler } = {
  'sessions.list': listSessions,
  'sessions.get': getSession,
  'sessions.revoke': revokeSession,
  'consents.list': listConsents,
  'consents.get': getConsent,
  'consents.revoke': revokeConsent,
  'people.get': getPerson,
  'people.revoke': revokePerson,
  'clients.list': listClients,
  'clients.get': getClient,
  'clients.create': createClient,
  'clients.update': updateClient,
  'clients.rotate-secret': rotateClientSecret,
  'clients.revoke': revokeClient,
  'clients.delete': deleteClient,
  'keys.list': listKeys,
  'keys.get': getKey,
  'keys.create': createKey,
  'keys.revoke': revokeKey,
  'overview.get': getOverview,
  'servers.list': listServers,
  'servers.get': getServer,
  'signing-keys.list': listSigningKeys,
  'signing-keys.get': getSigningKey,
  'signing-keys.create': rotateSigningKey,
  'signing-keys.retire': retireSigningKey,
  'audit.list': listAudit,
};
