import type { OAuthErrorCode } from '../core/errors.ts';

/** What `/errors/{code}` tells the developer of a client, and the person in front of it. */
export interface ErrorGuide {
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** Usual causes with their cures, the likeliest first. */
  readonly cures: readonly string[];
  /** Where the code is defined. */
  readonly source: { readonly title: string; readonly url: string };
}

const oauth = (section: string) => ({
  title: `OAuth 2.1, section ${section}`,
  url: `https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-${section}`,
});
const rfc = (number: number, section: string) => ({
  title: `RFC ${number}, section ${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});

const openId = (section: string) => ({
  title: `OpenID Connect Core, section ${section}`,
  url: `https://openid.net/specs/openid-connect-core-1_0.html#rfc.section.${section}`,
});

/** One entry for each code that is ever on the wire. */
export const errorGuide: Readonly<Record<OAuthErrorCode, ErrorGuide>> = {
  invalid_request: {
    meaning: 'The request lacks a parameter, repeats one, or holds one that cannot be read.',
    cures: [
      'Read error_description: it names the parameter and what to send instead.',
      'Send code_challenge with code_challenge_method=S256; plain challenges are refused.',
      'Send each parameter once, as application/x-www-form-urlencoded in UTF-8.',
      'Register redirect_uri exactly as it is sent. Only the port of a loopback address may differ.',
    ],
    source: oauth('4.1.2.1'),
  },
  invalid_client: {
    meaning: 'The client is unknown here, or did not prove who it is.',
    cures: [
      'The client kept an old client_id: clear what it remembers of this server and connect again.',
      'Send the secret by the method that was registered, and only by one method.',
      'If client_id is a URL: it must give the metadata document with status 200, as JSON, and without a redirect.',
      'The registration ended because it was never used: register again.',
    ],
    source: oauth('3.2.4'),
  },
  invalid_grant: {
    meaning: 'The code or refresh token is spent, expired, revoked, or belongs to another client.',
    cures: [
      'Start a new authorization: a code works once and for a minute.',
      'Keep only the newest refresh token; an older one ends the whole session when it is used late.',
      'Send the code_verifier that belongs to the code_challenge of the same attempt.',
    ],
    source: oauth('3.2.4'),
  },
  unauthorized_client: {
    meaning: 'This client is not registered for what it asked.',
    cures: ['Register the client with the grant type or response type that it uses.'],
    source: oauth('4.1.2.1'),
  },
  unsupported_grant_type: {
    meaning: 'The token endpoint does not know this grant_type.',
    cures: ['Use one that the metadata lists in grant_types_supported.'],
    source: oauth('3.2.4'),
  },
  unsupported_response_type: {
    meaning: 'The authorization endpoint knows only response_type=code.',
    cures: ['Send response_type=code with PKCE; the implicit flow is gone from OAuth 2.1.'],
    source: oauth('4.1.2.1'),
  },
  invalid_scope: {
    meaning: 'None of the scopes that were asked exists at this server.',
    cures: ['Ask scopes that the metadata lists in scopes_supported, or none at all to get the usual ones.'],
    source: oauth('4.1.2.1'),
  },
  access_denied: {
    meaning: 'The person or a policy said no.',
    cures: [
      'Start again and choose Allow, if you meant to.',
      'Ask your administrator whether you may use this, if you did not choose Cancel.',
    ],
    source: oauth('4.1.2.1'),
  },
  server_error: {
    meaning: 'Something went wrong here; the request may be fine.',
    cures: ['Try again.', 'Give the trace id to your administrator if it happens again.'],
    source: oauth('4.1.2.1'),
  },
  temporarily_unavailable: {
    meaning:
      'This service, or the one where people sign in, cannot answer at the moment; or with 429: you ask too often.',
    cures: ['Wait as long as Retry-After says and try again.'],
    source: oauth('4.1.2.1'),
  },
  invalid_token: {
    meaning: 'The access token is expired, revoked, malformed, or made for another server.',
    cures: [
      'Use the refresh token to get a new one, or authorize again.',
      'Ask the token for the resource that the protected resource metadata names.',
    ],
    source: rfc(6750, '3.1'),
  },
  insufficient_scope: {
    meaning: 'The access token does not open this tool.',
    cures: ['Authorize again with the scopes that WWW-Authenticate names, beside those already held.'],
    source: rfc(6750, '3.1'),
  },
  invalid_redirect_uri: {
    meaning: 'A redirect URI of the registration cannot be used.',
    cures: [
      'Use https, a loopback address such as http://127.0.0.1/callback, or a private-use scheme.',
      'Leave out fragments, user names and schemes that run code.',
    ],
    source: rfc(7591, '3.2.2'),
  },
  invalid_client_metadata: {
    meaning: 'A member of the registration cannot be read or contradicts another.',
    cures: ['Read error_description: it names the member.', 'Send a JSON object as application/json.'],
    source: rfc(7591, '3.2.2'),
  },
  invalid_target: {
    meaning: 'The resource that was asked is unknown here, or not part of the grant.',
    cures: ['Send the resource value of the protected resource metadata, character for character.'],
    source: rfc(8707, '2'),
  },
  authorization_pending: {
    meaning: 'The person has not answered on the other device yet.',
    cures: ['Ask again after the interval in seconds that the device authorization response gave.'],
    source: rfc(8628, '3.5'),
  },
  slow_down: {
    meaning: 'The device asks too often.',
    cures: ['Add 5 seconds to the interval, from now on.'],
    source: rfc(8628, '3.5'),
  },
  expired_token: {
    meaning: 'The device code has expired.',
    cures: ['Start a new device authorization.'],
    source: rfc(8628, '3.5'),
  },
  invalid_authorization_details: {
    meaning: 'authorization_details cannot be read, or names a type that this server does not know.',
    cures: ['Send a JSON array of objects; use a type that the metadata lists.'],
    source: rfc(9396, '5'),
  },
  request_not_supported: {
    meaning: 'The request came as a signed object (request=…), which this server does not read.',
    cures: ['Send plain parameters; to keep them out of the browser, push them to the endpoint /par.'],
    source: rfc(9101, '6.2'),
  },
  invalid_request_uri: {
    meaning: 'The request_uri is unknown, expired, or was used before. It is good once, for two minutes.',
    cures: ['Connect again in the app.', 'Push a new request to /par for each authorization.'],
    source: rfc(9126, '4'),
  },
  invalid_dpop_proof: {
    meaning: 'The DPoP proof is missing, malformed, too old, used before, or made for another request.',
    cures: ['Make a new proof for each request, with its method and URL and the current time.'],
    source: rfc(9449, '5'),
  },
  use_dpop_nonce: {
    meaning: 'The DPoP proof must carry the nonce of this server.',
    cures: ['Repeat the request with the nonce of the DPoP-Nonce header in the proof.'],
    source: rfc(9449, '8'),
  },
  unsupported_token_type: {
    meaning: 'This kind of token cannot be revoked here.',
    cures: ['Send an access token or a refresh token of this server.'],
    source: rfc(7009, '2.2.1'),
  },
  login_required: {
    meaning: 'The client asked for an answer without a page, and nobody is signed in in this browser.',
    cures: ['Send the request again without prompt=none.'],
    source: openId('3.1.2.6'),
  },
  consent_required: {
    meaning: 'The client asked for an answer without a page, and the person has not allowed this before.',
    cures: ['Send the request again without prompt=none.'],
    source: openId('3.1.2.6'),
  },
  interaction_required: {
    meaning: 'The client asked for an answer without a page, and one is needed.',
    cures: ['Send the request again without prompt=none.'],
    source: openId('3.1.2.6'),
  },
  account_selection_required: {
    meaning: 'The client asked for an answer without a page, and the person must choose an account.',
    cures: ['Send the request again without prompt=none.'],
    source: openId('3.1.2.6'),
  },
};
