import type { Client } from '../../client.ts';
import { OAuthError } from '../../errors.ts';
import type { ProtectedServer } from '../../protected-server.ts';
import { administeredMetadata } from '../../registration/administered-metadata.ts';
import type { DeclaredClient } from '../../registration/client-metadata.ts';
import { judgeRedirectUri } from '../../registration/judge-redirect-uri.ts';
import type { AdminRequest } from '../admin-handler.ts';
import type { FieldProblem } from '../admin-refusal.ts';
import { refuseFields } from '../admin-refusal.ts';
import type { Entered } from './entered.ts';
import { readEntered } from './entered.ts';
import { judgeMachineScopes } from './judge-machine-scopes.ts';
import { judgeSecretReader } from './secret-reader.ts';

/** What an administrator wants a client to be. */
export type WantedClient = DeclaredClient & Pick<Client, 'secretReaders'> & { readonly clientName: string };

const mostUris = 20;
const mostReaders = 20;

/** Members of RFC 7591 by the field in which they are entered. */
const fieldOf: Readonly<Record<string, string>> = {
  client_name: 'clientName',
  redirect_uris: 'redirectUris',
  scope: 'scopes',
  jwks: 'jwksUri',
  jwks_uri: 'jwksUri',
  token_endpoint_auth_method: 'authMethod',
};

/**
 * Judges what was entered, by the rules of registration, each refusal at its field.
 * @param current the client that is changed: how it authenticates stays. @default a new one
 * @throws AdminRefusal invalid
 */
export function judgeClient(
  input: AdminRequest['input'],
  deps: { readonly servers: readonly ProtectedServer[] },
  current?: Pick<Client, 'tokenEndpointAuthMethod'>,
): WantedClient {
  const entered = readEntered(input, current?.tokenEndpointAuthMethod);
  const isMachine = entered.redirectUris.length === 0;
  refuseFields([
    ...judgeUris(entered.redirectUris),
    ...judgeMachineScopes(entered.scopes, isMachine, deps.servers),
    ...judgeProof(entered, isMachine),
    ...judgeReaders(entered),
  ]);
  const declared = register(entered, isMachine);
  const { clientName } = declared;
  if (clientName === undefined) refuseFields([{ field: 'clientName', message: 'Enter a name that people can read.' }]);
  const { secretReaders } = entered;
  return { ...declared, clientName: clientName ?? '', ...(secretReaders.length > 0 && { secretReaders }) };
}

function judgeUris(uris: readonly string[]): FieldProblem[] {
  const tooMany = uris.length > mostUris ? [`Enter at most ${mostUris}.`] : [];
  const wrong = uris.flatMap((uri) => {
    const problem = judgeRedirectUri(uri);
    return problem === undefined ? [] : [`${uri.slice(0, 100)} ${problem}.`];
  });
  return [...tooMany, ...wrong].map((message) => ({ field: 'redirectUris', message }));
}

/** Which way of authentication goes with what else was entered. */
function judgeProof({ method, jwksUri }: Entered, isMachine: boolean): FieldProblem[] {
  const isSigning = method === 'private_key_jwt';
  // OAuth 2.1 §4.2: only confidential clients act for themselves.
  if (isMachine && method === 'none') {
    return [{ field: 'authMethod', message: 'A machine must prove who it is: choose a secret, or private_key_jwt.' }];
  }
  if (isSigning && jwksUri === undefined) {
    return [{ field: 'jwksUri', message: 'Enter where its public keys are: private_key_jwt is checked by them.' }];
  }
  if (isSigning || jwksUri === undefined) return [];
  return [{ field: 'jwksUri', message: `Leave it empty: a client with ${method} has no keys.` }];
}

function judgeReaders({ secretReaders, method }: Entered): FieldProblem[] {
  if (secretReaders.length === 0) return [];
  const noSecret = `Leave it empty: a client with ${method} has no secret to read.`;
  const isSecret = method.startsWith('client_secret_');
  const messages = isSecret ? secretReaders.map(judgeSecretReader) : [noSecret];
  if (secretReaders.length > mostReaders) messages.push(`Enter at most ${mostReaders}.`);
  return messages.flatMap((message) => (message === undefined ? [] : [{ field: 'secretReaders', message }]));
}

/** What is not judged above is judged as for every client; its refusals name the member. */
function register({ clientName, redirectUris, scopes, jwksUri, method }: Entered, isMachine: boolean): DeclaredClient {
  try {
    return administeredMetadata({
      client_name: clientName,
      redirect_uris: redirectUris,
      grant_types: isMachine ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: method,
      ...(isMachine && { scope: scopes.join(' ') }),
      ...(jwksUri !== undefined && { jwks_uri: jwksUri }),
    });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const [member = ''] = error.message.split(/[\s:]/);
    refuseFields([{ field: fieldOf[member] ?? 'clientName', message: `${error.message}.` }]);
    throw error;
  }
}
