import type { Context, Hono } from 'hono';
import type { PushDeps } from '../core/authorize/push-request.ts';
import { pushRequest } from '../core/authorize/push-request.ts';
import { authorizeDevice } from '../core/device/authorize-device.ts';
import { currentNonce } from '../core/dpop/dpop-nonce.ts';
import type { TokenDeps, TokenRequest } from '../core/grants/exchange-token.ts';
import { exchangeToken } from '../core/grants/exchange-token.ts';
import { introspectToken } from '../core/tokens/introspect-token.ts';
import { revokeToken } from '../core/tokens/revoke-token.ts';
import { bindRoutes } from './bind-routes.ts';
import type { ErrorContext } from './errors.ts';
import { readForm } from './read-params.ts';
import { answerUserinfo } from './userinfo.ts';

export interface TokenAppDeps extends TokenDeps, PushDeps, ErrorContext {}

/** What clients ask for themselves: tokens (OAuth 2.1 §3.2), what is known of them, their end, and who a person is. */
export function tokenApp(deps: TokenAppDeps): Hono {
  return bindRoutes(
    'token',
    {
      'POST /token': async (context) => {
        const request = await readRequest(context, deps);
        const answer = Response.json(await exchangeToken(request, deps));
        // RFC 9449 §8.2: so that the next request needs no second try.
        if (request.dpop && deps.dpopNonce) answer.headers.set('DPoP-Nonce', await nonceOfNow(deps));
        return answer;
      },
      // RFC 9126 §2.2
      'POST /par': async (context) =>
        Response.json(await pushRequest(await readRequest(context, deps), deps), { status: 201 }),
      'POST /device_authorization': async (context) =>
        Response.json(await authorizeDevice(await readRequest(context, deps), deps)),
      'POST /revoke': async (context) => {
        await revokeToken(await readRequest(context, deps), deps);
        // RFC 7009 §2.2: nothing but the status says that it is done.
        return new Response(null, { status: 200 });
      },
      'POST /introspect': async (context) =>
        Response.json(await introspectToken(await readRequest(context, deps), deps)),
      'GET /userinfo': (context) => answerUserinfo(context, deps),
      'POST /userinfo': (context) => answerUserinfo(context, deps),
    },
    deps,
  );
}

async function nonceOfNow({ pepper, clock }: Pick<TokenDeps, 'pepper' | 'clock'>): Promise<string> {
  return currentNonce(await pepper.read(), clock.now());
}

/** Reads what the endpoints for clients have in common; the URL of a DPoP proof is that of the endpoint. */
async function readRequest(context: Context, { issuer }: Pick<TokenDeps, 'issuer'>): Promise<TokenRequest> {
  const params = await readForm(context);
  const authorizationHeader = context.req.header('Authorization');
  const proof = context.req.header('DPoP');
  return {
    params,
    ...(authorizationHeader !== undefined && { authorizationHeader }),
    ...(proof !== undefined && { dpop: { proof, url: `${issuer}${context.req.path}` } }),
  };
}
