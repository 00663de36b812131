import type { ClientAuthMethod } from '../../client.ts';
import type { AdminRequest } from '../admin-handler.ts';

/** What an administrator entered about a client; spaces around it and repetitions are gone. */
export interface Entered {
  readonly clientName: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly jwksUri: string | undefined;
  readonly secretReaders: readonly string[];
  readonly method: ClientAuthMethod;
}

/**
 * Reads the input of `clients.create` and `clients.update`.
 * @param method how the client authenticates already. @default what was entered, or what fits the rest
 */
export function readEntered(input: AdminRequest['input'], method: ClientAuthMethod | undefined): Entered {
  const jwksUri = textOf(input['jwksUri']);
  const asked = textOf(input['authMethod']) as ClientAuthMethod | undefined;
  const usual = jwksUri === undefined ? 'client_secret_basic' : 'private_key_jwt';
  return {
    clientName: textOf(input['clientName']) ?? '',
    redirectUris: textsOf(input['redirectUris']),
    scopes: textsOf(input['scopes']),
    jwksUri,
    secretReaders: textsOf(input['secretReaders']),
    method: method ?? asked ?? usual,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function textsOf(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? (value as readonly unknown[]).map(textOf) : [];
  return [...new Set(texts)].filter((text) => text !== undefined);
}
