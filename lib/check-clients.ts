import { Token } from 'aws-cdk-lib';
import type { ClientProps, RegistrationProps } from './client-props.ts';
import { refusal } from './refusal.ts';

const secretArn = /^arn:[^:]+:secretsmanager:[^*]+-\w{6}$/;
const wholeArn = 'the whole ARN of a Secrets Manager secret';

/** Everything that is wrong with the clients that are registered here; empty if nothing is. What a redirect URI may be is judged when they are registered. */
export function checkClients(
  props: RegistrationProps & { readonly servers: readonly { readonly scopes: readonly { readonly name: string }[] }[] },
): string[] {
  const { clients = [], dynamicRegistration, initialAccessTokenSecretArn: token } = props;
  const scopes = props.servers.flatMap((server) => server.scopes.map(({ name }) => name));
  return [
    ...wrong(token !== undefined && !fits(token, secretArn), 'initialAccessTokenSecretArn', token, wholeArn),
    ...wrong(
      token !== undefined && dynamicRegistration === false,
      'initialAccessTokenSecretArn',
      token,
      'only with dynamicRegistration',
    ),
    ...clients.flatMap((client, index) => {
      const prop = `clients[${index}]`;
      const earlier = clients.slice(0, index).map(({ clientId }) => clientId);
      return [...checkNames(client, prop, earlier), ...checkProof(client, prop), ...checkRights(client, prop, scopes)];
    }),
  ];
}

function checkNames({ clientId, clientName }: ClientProps, prop: string, earlier: readonly string[]): string[] {
  return [
    // AS-30: a URL is the id of a metadata document. Registration gives ids that begin with dcr_.
    ...wrong(
      !/^(?!https?:)(?!dcr_)[\x21-\x7e]([\x20-\x7e]{0,98}[\x21-\x7e])?$/i.test(clientId),
      `${prop}.clientId`,
      clientId,
      'up to 100 printable ASCII characters, no URL, not beginning with dcr_',
    ),
    ...wrong(earlier.includes(clientId), `${prop}.clientId`, clientId, 'an id that no other client has'),
    ...wrong(clientName.trim() === '', `${prop}.clientName`, clientName, 'a name that people can read'),
  ];
}

function checkProof(client: ClientProps, prop: string): string[] {
  const { clientSecretArn, jwks, jwksUri } = client;
  const ways = Object.entries({ public: client.public || undefined, clientSecretArn, jwks, jwksUri });
  const given = ways.filter(([, value]) => value !== undefined).map(([name]) => name);
  return [
    ...wrong(given.length > 1, prop, given, 'one of public, clientSecretArn, jwks, jwksUri'),
    ...wrong(
      clientSecretArn !== undefined && !fits(clientSecretArn, secretArn),
      `${prop}.clientSecretArn`,
      clientSecretArn,
      wholeArn,
    ),
    ...wrong(jwks?.keys.length === 0, `${prop}.jwks`, jwks, 'at least one public key'),
    ...wrong(jwksUri !== undefined && !fits(jwksUri, /^https:\/\/\S+$/), `${prop}.jwksUri`, jwksUri, 'an https URL'),
  ];
}

function checkRights(client: ClientProps, prop: string, known: readonly string[]): string[] {
  const { redirectUris, grantTypes = [], scopes = [] } = client;
  // A device is told its answer where it asks (RFC 8628): people sign in for it, and it has no address.
  const isDevice = grantTypes.includes('urn:ietf:params:oauth:grant-type:device_code');
  const isMachine = grantTypes.includes('client_credentials') || (redirectUris.length === 0 && !isDevice);
  return [
    ...redirectUris.flatMap((uri, index) =>
      wrong(!fits(uri, /^[a-z][a-z0-9+.-]*:[^#\s]+$/i), `${prop}.redirectUris[${index}]`, uri, 'an absolute URI'),
    ),
    ...wrong(
      redirectUris.length === 0 && grantTypes.includes('authorization_code'),
      `${prop}.redirectUris`,
      redirectUris,
      'at least one for authorization_code',
    ),
    // OAuth 2.1 §4.2
    ...wrong(client.public === true && isMachine, `${prop}.public`, true, 'only for clients that people sign in for'),
    ...wrong(!isMachine && scopes.length > 0, `${prop}.scopes`, scopes, 'only with client_credentials'),
    ...scopes
      .filter((scope) => !known.includes(scope))
      .map((scope) => refusal(`${prop}.scopes`, scope, known.join(', '))),
  ];
}

function wrong(isWrong: boolean, prop: string, value: unknown, allowed: string): string[] {
  return isWrong ? [refusal(prop, value, allowed)] : [];
}

/** What another stack gives is known only at deployment. */
function fits(value: string, pattern: RegExp): boolean {
  return Token.isUnresolved(value) || pattern.test(value);
}
