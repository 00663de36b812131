import { ownPageRoutes } from './own-page-routes.ts';
import type { Route } from './route.ts';

/**
 * The route table of the authorization server: the one list that the CDK (API Gateway methods), the Hono apps (their
 * handlers are demanded by type), the discovery documents, the OpenAPI script and the tests read.
 *
 * Paths are in API Gateway syntax (`{name}`, `{name+}`) and relative to the issuer. Pure data: importable with no
 * environment.
 */

export const routes = [
  {
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    function: 'discovery',
    cors: 'public',
    summary: 'Authorization server metadata (RFC 8414)',
  },
  {
    method: 'GET',
    path: '/.well-known/openid-configuration',
    function: 'discovery',
    cors: 'public',
    summary: 'The same metadata where OpenID Connect clients look for it',
  },
  {
    method: 'GET',
    path: '/.well-known/jwks.json',
    function: 'discovery',
    cors: 'public',
    summary: 'Public signing keys (RFC 7517)',
  },
  {
    method: 'GET',
    path: '/.well-known/oauth-protected-resource',
    function: 'discovery',
    cors: 'public',
    summary: 'Protected resource metadata of the default MCP server (RFC 9728)',
  },
  {
    method: 'GET',
    path: '/.well-known/oauth-protected-resource/{server+}',
    function: 'discovery',
    cors: 'public',
    summary: 'Protected resource metadata of the MCP server at that path (RFC 9728 §3.1)',
  },
  {
    method: 'GET',
    path: '/errors/{code}',
    function: 'discovery',
    cors: 'none',
    summary: 'What an error code means and how to cure it (the error_uri of every error)',
  },
  {
    method: 'POST',
    path: '/register',
    function: 'registration',
    cors: 'public',
    summary: 'Dynamic client registration (RFC 7591)',
  },
  {
    method: 'GET',
    path: '/register/{clientId}',
    function: 'registration',
    cors: 'public',
    summary: 'What is registered of a confidential client (RFC 7592 §2.1)',
  },
  {
    method: 'PUT',
    path: '/register/{clientId}',
    function: 'registration',
    cors: 'public',
    summary: 'Replaces the metadata of a confidential client (RFC 7592 §2.2)',
  },
  {
    method: 'DELETE',
    path: '/register/{clientId}',
    function: 'registration',
    cors: 'public',
    summary: 'Ends the registration of a confidential client (RFC 7592 §2.3)',
  },
  {
    method: 'GET',
    path: '/authorize',
    function: 'interaction',
    cors: 'none',
    summary: 'Authorization endpoint (OAuth 2.1 §3.1)',
  },
  {
    method: 'POST',
    path: '/authorize',
    function: 'interaction',
    cors: 'none',
    summary: 'Authorization endpoint, form-encoded (OAuth 2.1 §3.1)',
  },
  {
    method: 'GET',
    path: '/callback',
    function: 'interaction',
    cors: 'none',
    summary: 'Where the identity provider sends the person back',
  },
  {
    method: 'GET',
    path: '/consent',
    function: 'interaction',
    cors: 'none',
    summary: 'Consent page',
  },
  {
    method: 'POST',
    path: '/consent',
    function: 'interaction',
    cors: 'none',
    summary: "The person's answer on the consent page",
  },
  {
    method: 'GET',
    path: '/device',
    function: 'interaction',
    cors: 'none',
    summary: 'Where a person enters the code of a device, signs in and reads what it asks (RFC 8628 §3.3)',
  },
  {
    method: 'POST',
    path: '/device',
    function: 'interaction',
    cors: 'none',
    summary: "The code of a device, or the person's answer",
  },
  {
    method: 'POST',
    path: '/device_authorization',
    function: 'token',
    cors: 'public',
    summary: 'Device authorization endpoint (RFC 8628 §3.1)',
  },
  {
    method: 'POST',
    path: '/par',
    function: 'token',
    cors: 'public',
    summary: 'Pushed authorization requests (RFC 9126)',
  },
  {
    method: 'POST',
    path: '/token',
    function: 'token',
    cors: 'public',
    summary: 'Token endpoint (OAuth 2.1 §3.2)',
  },
  {
    method: 'POST',
    path: '/revoke',
    function: 'token',
    cors: 'public',
    summary: 'Token revocation (RFC 7009)',
  },
  {
    method: 'POST',
    path: '/introspect',
    function: 'token',
    cors: 'public',
    summary: 'Token introspection (RFC 7662)',
  },
  {
    method: 'GET',
    path: '/userinfo',
    function: 'token',
    cors: 'public',
    summary: 'Who the person behind an access token is (OIDC Core §5.3)',
  },
  {
    method: 'POST',
    path: '/userinfo',
    function: 'token',
    cors: 'public',
    summary: 'The same by POST; the token stays in the header (OIDC Core §5.3.1)',
  },
  ...ownPageRoutes,
] as const satisfies readonly Route[];

/** Every route of the table, as a union of its literal rows. */
export type KnownRoute = (typeof routes)[number];
