import { ownPageRouteSchemas } from './own-page-route-schemas.ts';
import type { KnownRoute } from './routes.ts';
import type { RouteSchema } from './route-schema.ts';
import { error, formOf, json, page, redirect, ref } from './route-schema.ts';
import { text, texts, uri } from './schema-components.ts';

const badToken = error('Not the registration_access_token of this client');

const authorizationRequest = {
  request_uri: text('From POST /par; then only this and client_id count, and nothing else is required'),
  response_type: { const: 'code', required: true },
  client_id: { ...text('As registered'), required: true },
  redirect_uri: { ...text('As registered; the port of a loopback address may differ'), required: true },
  code_challenge: { ...text('PKCE challenge'), required: true },
  code_challenge_method: { const: 'S256', required: true },
  state: text('Comes back verbatim'),
  scope: text('Space-separated; default: all scopes of the resource'),
  dpop_jkt: text('Thumbprint of the key to which the code is bound (RFC 9449 §10)'),
  resource: uri('MCP server; may repeat; default: the first, or none where only openid is asked'),
  authorization_details: text('JSON array of objects with a type (RFC 9396)'),
  nonce: text('OpenID Connect: comes back in the ID token'),
  prompt: text('none, login, select_account, or for openid consent'),
  max_age: { type: 'integer', description: 'Seconds since sign-in after which the person must sign in again' },
  login_hint: text('OpenID Connect: who is expected to sign in'),
};
const { request_uri: _notPushed, ...pushedRequest } = authorizationRequest;
const authorizationAnswers = {
  303: redirect('To sign-in, to the consent page, or to the client with code or error, state and iss'),
  400: page('The client or its redirect URI cannot be trusted: nobody is redirected'),
  503: page('The identity provider does not answer'),
};
const userinfo: RouteSchema = {
  answers: {
    200: json('Claims of the granted identity scopes', 'PersonClaims'),
    401: error('invalid_token; the challenge comes as x-amzn-remapped-www-authenticate'),
    403: error('insufficient_scope: the token lacks openid'),
  },
};
const metadata: RouteSchema = { answers: { 200: json('The metadata', 'AuthorizationServerMetadata') } };

/** One entry for each route of the table. */
export const routeSchemas: { readonly [R in KnownRoute as `${R['method']} ${R['path']}`]: RouteSchema } = {
  'GET /.well-known/oauth-authorization-server': metadata,
  'GET /.well-known/openid-configuration': metadata,
  'GET /.well-known/jwks.json': { answers: { 200: json('The keys', 'JwkSet') } },
  'GET /.well-known/oauth-protected-resource': { answers: { 200: json('The metadata', 'ProtectedResourceMetadata') } },
  'GET /.well-known/oauth-protected-resource/{server+}': {
    answers: { 200: json('The metadata', 'ProtectedResourceMetadata'), 404: error('No MCP server stands there') },
  },
  ...ownPageRouteSchemas,
  'GET /errors/{code}': { answers: { 200: page('Cause, cure, source'), 404: page('No such code') } },
  'POST /register': {
    body: { type: 'application/json', schema: ref('ClientMetadata') },
    answers: {
      201: json('Registered', 'ClientInformation'),
      400: error('invalid_redirect_uri, invalid_client_metadata or invalid_request'),
      401: error('An initial access token is needed'),
      403: error('Dynamic registration is off'),
      413: error('Larger than 64 KiB'),
      415: error('Not application/json'),
    },
  },
  'GET /register/{clientId}': { answers: { 200: json('What is registered', 'ClientInformation'), 401: badToken } },
  'PUT /register/{clientId}': {
    body: { type: 'application/json', schema: ref('ClientMetadata') },
    answers: {
      200: json('Replaced', 'ClientInformation'),
      400: error('invalid_redirect_uri or invalid_client_metadata'),
      401: badToken,
      409: error('Changed at the same time'),
    },
  },
  'DELETE /register/{clientId}': { answers: { 204: { description: 'Gone' }, 401: badToken } },
  'GET /authorize': { query: authorizationRequest, answers: authorizationAnswers },
  'POST /authorize': { body: formOf(authorizationRequest), answers: authorizationAnswers },
  'GET /callback': {
    query: { state: { ...text('The sign-in that is answered'), required: true }, code: text('From the provider') },
    answers: {
      303: redirect('To the consent page or to the client'),
      400: page('Over, or begun in another browser'),
      503: page('The identity provider does not answer'),
    },
  },
  'GET /consent': {
    query: { transaction: { ...text('The request that waits'), required: true } },
    answers: { 200: page('Who asks for what'), 400: page('Over, or begun in another browser') },
  },
  'POST /consent': {
    body: formOf({
      transaction: { ...text('The request that is answered'), required: true },
      csrf: { ...text('From the page'), required: true },
      decision: { enum: ['allow', 'deny', 'switch'], required: true },
      scope: texts('Optional scopes that stay ticked'),
    }),
    answers: {
      200: page('Switch: goes on to sign-in with another account'),
      303: redirect('To the client with code or error, state and iss'),
      400: page('Not a trusted answer'),
    },
  },
  'GET /device': {
    query: {
      user_code: text('Is filled in; the person compares it and sends it'),
      transaction: text('A sign-in that a right code began'),
    },
    answers: {
      200: page('The form for the code, the way to sign-in, or what the device asks'),
      400: page('Over, or begun in another browser'),
      503: page('The identity provider does not answer'),
    },
  },
  'POST /device': {
    body: formOf({
      csrf: { ...text('From the page'), required: true },
      user_code: text('As the device shows it; case, spaces and hyphens do not matter'),
      transaction: text('The sign-in whose page is answered'),
      decision: { enum: ['allow', 'deny'] },
      scope: texts('Optional scopes that stay ticked'),
    }),
    answers: {
      200: page('Answered; the device hears it at its next poll'),
      303: redirect('To sign-in or to what the device asks'),
      400: page('No device waits with this code, or no trusted answer'),
      429: page('Too many wrong codes; Retry-After says how long to wait'),
    },
  },
  'POST /device_authorization': {
    body: { type: 'application/x-www-form-urlencoded', schema: ref('DeviceAuthorizationRequest') },
    answers: {
      200: json('Both codes', 'DeviceAuthorizationResponse'),
      400: error('invalid_request, invalid_scope, invalid_target or unauthorized_client'),
      401: error('invalid_client'),
      413: error('Larger than 64 KiB'),
      415: error('Not a form'),
    },
  },
  'POST /par': {
    body: formOf(pushedRequest),
    answers: {
      201: json('Pushed; good once', 'PushedRequest'),
      400: error('As the authorization endpoint would refuse it'),
      401: error('invalid_client'),
      413: error('Larger than 64 KiB'),
      415: error('Not a form'),
    },
  },
  'POST /token': {
    body: { type: 'application/x-www-form-urlencoded', schema: ref('TokenRequest') },
    answers: {
      200: json('Tokens', 'TokenResponse'),
      400: error('invalid_request, invalid_grant, invalid_scope, invalid_target or unsupported_grant_type'),
      401: error('invalid_client'),
      413: error('Larger than 64 KiB'),
      415: error('Not a form'),
    },
  },
  'POST /revoke': {
    body: { type: 'application/x-www-form-urlencoded', schema: ref('PresentedToken') },
    answers: {
      200: { description: 'The token is worth nothing any more, or never was' },
      400: error('invalid_request or unsupported_token_type'),
      401: error('invalid_client'),
      413: error('Larger than 64 KiB'),
      415: error('Not a form'),
    },
  },
  'POST /introspect': {
    body: { type: 'application/x-www-form-urlencoded', schema: ref('PresentedToken') },
    answers: {
      200: json('What the token is, or only that it is not active', 'Introspection'),
      400: error('invalid_request'),
      401: error('invalid_client: public clients too'),
      413: error('Larger than 64 KiB'),
      415: error('Not a form'),
    },
  },
  'GET /userinfo': userinfo,
  'POST /userinfo': userinfo,
};
