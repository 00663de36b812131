import type { Context, Hono } from 'hono';
import type { PushDeps } from '../core/authorize/push-request.ts';
import { pushRequest } from '../core/authorize/push-request.ts';
import type { TokenDeps, TokenRequest } from '../core/grants/exchange-token.ts';
import { exchangeToken } from '../core/grants/exchange-token.ts';
import { bindRoutes } from './bind-routes.ts';
import type { ErrorContext } from './errors.ts';
import { readForm } from './read-params.ts';
import { answerUserinfo } from './userinfo.ts';

export interface TokenAppDeps extends TokenDeps, PushDeps, ErrorContext {}

/** What clients ask for themselves: the token endpoint (OAuth 2.1 §3.2) and pushed requests (RFC 9126). */
export function tokenApp(deps: TokenAppDeps): Hono {
  return bindRoutes(
    'token',
    {
      'POST /token': async (context) => Response.json(await exchangeToken(await readRequest(context), deps)),
      // RFC 9126 §2.2
      'POST /par': async (context) =>
        Response.json(await pushRequest(await readRequest(context), deps), { status: 201 }),
      'GET /userinfo': (context) => answerUserinfo(context, deps),
      'POST /userinfo': (context) => answerUserinfo(context, deps),
    },
    deps,
  );
}

async function readRequest(context: Context): Promise<TokenRequest> {
  const params = await readForm(context);
  const authorizationHeader = context.req.header('Authorization');
  return authorizationHeader === undefined ? { params } : { params, authorizationHeader };
}
