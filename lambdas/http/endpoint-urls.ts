import type { Endpoints } from '../core/metadata.ts';
import type { KnownRoute } from '../contract/routes.ts';
import type { Settings } from '../contract/settings.ts';

/** Where the endpoints of the authorization server stand, from the route table and the issuer. */
export function endpointUrls(issuer: string, settings: Pick<Settings, 'registration'>): Endpoints {
  const at = (path: KnownRoute['path']) => `${issuer}${path}`;
  return {
    authorization: at('/authorize'),
    token: at('/token'),
    jwks: at('/.well-known/jwks.json'),
    userinfo: at('/userinfo'),
    revocation: at('/revoke'),
    introspection: at('/introspect'),
    pushedAuthorizationRequest: at('/par'),
    deviceAuthorization: at('/device_authorization'),
    ...(settings.registration.dynamic ? { registration: at('/register') } : {}),
  };
}
