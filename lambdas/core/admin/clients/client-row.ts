import type { Client } from '../../client.ts';
import type { AdminAnswer } from '../admin-handler.ts';
import { isoTime } from '../iso-time.ts';

/** A client as administrators see it. @param now epoch seconds: a secret that has ended is not told of */
export function clientRow(client: Client, now: number): AdminAnswer {
  const { clientId, lastUsedAt, machineScopes, previousSecretUntil, expiresAt, secretReaders } = client;
  const overlaps = previousSecretUntil !== undefined && previousSecretUntil > now;
  const given = {
    client: clientId,
    clientName: client.clientName,
    kind: client.kind,
    registeredAt: isoTime(client.registeredAt),
    lastUsedAt: lastUsedAt === undefined ? undefined : isoTime(lastUsedAt),
    redirectUris: client.redirectUris,
    grantTypes: client.grantTypes,
    authMethod: client.tokenEndpointAuthMethod,
    scopes: machineScopes,
    jwksUri: client.jwksUri,
    secretReaders,
    secretArn: client.secretArn,
    previousSecretUntil: overlaps ? isoTime(previousSecretUntil) : undefined,
    managedBy: client.managedBy,
    expiresAt: expiresAt === undefined ? undefined : isoTime(expiresAt),
    version: client.revision ?? 0,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
