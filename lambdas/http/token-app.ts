import type { Context, Hono } from 'hono';
import type { PushDeps } from '../core/authorize/push-request.ts';
import { pushRequest } from '../core/authorize/push-request.ts';
import { authorizeDevice } from '../core/device/authorize-device.ts';
import { currentNonce } from '../core/dpop/dpop-nonce.ts';
import type { TokenDeps, TokenRequest } from '../core/grants/exchange-token.ts';
import { exchangeToken } from '../core/grants/exchange-token.ts';
import { introspectToken } from '../core/tokens/introspect-token.ts';
import { revokeToken } from '../core/tokens/revoke-token.ts';
import { audited } from './audited.ts';
import { bindRoutes } from './bind-routes.ts';
import { claimedClient } from './claimed-client.ts';
import type { ErrorContext } from './errors.ts';
import { limitAddress } from './limit-address.ts';
import { limitClient } from './limit-client.ts';
import type { RateLimited } from './rate-limiting.ts';
import { readForm } from './read-params.ts';
import { answerUserinfo } from './userinfo.ts';

export interface TokenAppDeps extends TokenDeps, PushDeps, ErrorContext, RateLimited {}

/** What clients ask for themselves: tokens (OAuth 2.1 §3.2), what is known of them, their end, and who a person is. */
export function tokenApp(deps: TokenAppDeps): Hono {
  return bindRoutes(
    'token',
    {
      'POST /token': async (context) => {
        const request = await readRequest(context, deps);
        const type = 'token.refused';
        const answer = Response.json(await audit(type, request, deps, () => exchangeToken(request, deps)));
        // RFC 9449 §8.2: so that the next request needs no second try.
        if (request.dpop && deps.dpopNonce) answer.headers.set('DPoP-Nonce', await nonceOfNow(deps));
        return answer;
      },
      // RFC 9126 §2.2
      'POST /par': async (context) => {
        const request = await readRequest(context, deps);
        const pushed = await audit('authorization.refused', request, deps, () => pushRequest(request, deps));
        return Response.json(pushed, { status: 201 });
      },
      'POST /device_authorization': async (context) => {
        const request = await readRequest(context, deps);
        return Response.json(await audit('device.refused', request, deps, () => authorizeDevice(request, deps)));
      },
      'POST /revoke': async (context) => {
        const request = await readRequest(context, deps);
        await audit('revocation.refused', request, deps, () => revokeToken(request, deps));
        // RFC 7009 §2.2: nothing but the status says that it is done.
        return new Response(null, { status: 200 });
      },
      'POST /introspect': async (context) => {
        const request = await readRequest(context, deps);
        return Response.json(await audit('introspection.refused', request, deps, () => introspectToken(request, deps)));
      },
      'GET /userinfo': (context) => userinfo(context, deps),
      'POST /userinfo': (context) => userinfo(context, deps),
    },
    deps,
  );
}

/** Records a refusal, with what the request claims. */
function audit<T>(type: string, request: TokenRequest, deps: TokenDeps, work: () => Promise<T>): Promise<T> {
  const clientId = claimedClient(request);
  const grantType = request.params.get('grant_type');
  return audited(deps.audit, { type, ...(clientId && { clientId }), ...(grantType && { grantType }) }, work);
}

async function userinfo(context: Context, deps: TokenAppDeps): Promise<Response> {
  await limitAddress(context, 'address', deps);
  return answerUserinfo(context, deps);
}

async function nonceOfNow({ pepper, clock }: Pick<TokenDeps, 'pepper' | 'clock'>): Promise<string> {
  return currentNonce(await pepper.read(), clock.now());
}

/** Reads what the endpoints for clients have in common; the URL of a DPoP proof is that of the endpoint. */
async function readRequest(
  context: Context,
  { issuer, rateLimiting }: Pick<TokenAppDeps, 'issuer' | 'rateLimiting'>,
): Promise<TokenRequest> {
  const params = await readForm(context);
  const authorizationHeader = context.req.header('Authorization');
  const request = { params, ...(authorizationHeader !== undefined && { authorizationHeader }) };
  await limitClient(context, request, { rateLimiting });
  const proof = context.req.header('DPoP');
  return {
    ...request,
    ...(proof !== undefined && { dpop: { proof, url: `${issuer}${context.req.path}` } }),
  };
}
