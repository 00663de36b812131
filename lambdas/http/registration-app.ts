import type { Context, Hono } from 'hono';
import type { ManagementDeps, ManagementRequest } from '../core/registration/manage-registration.ts';
import { deleteRegistration, readRegistration, replaceRegistration } from '../core/registration/manage-registration.ts';
import type { RegistrationDeps } from '../core/registration/register-client.ts';
import { registerClient } from '../core/registration/register-client.ts';
import { requireInitialAccessToken } from '../core/registration/require-initial-access-token.ts';
import type { Settings } from '../contract/settings.ts';
import { audited } from './audited.ts';
import { bindRoutes } from './bind-routes.ts';
import type { ErrorContext } from './errors.ts';
import { bearerToken } from './guard/bearer-token.ts';
import { limitAddress } from './limit-address.ts';
import type { RateLimited } from './rate-limiting.ts';
import { readJson } from './read-json.ts';
import { RefusedRequest } from './refused-request.ts';

export interface RegistrationAppDeps extends RegistrationDeps, ManagementDeps, ErrorContext, RateLimited {
  readonly settings: Pick<Settings, 'registration'>;
  readonly clients: RegistrationDeps['clients'] & ManagementDeps['clients'];
  /** Reads the token that a registration must carry. @default none: everybody may register */
  readonly initialAccessToken?: () => Promise<string>;
}

/** Dynamic client registration (RFC 7591) and the management of what was registered (RFC 7592). */
export function registrationApp(deps: RegistrationAppDeps): Hono {
  const { initialAccessToken, settings } = deps;
  return bindRoutes(
    'registration',
    {
      'POST /register': async (context) => {
        const { response } = await audited(deps.audit, { type: 'registration.refused' }, async () => {
          if (!settings.registration.dynamic) throw switchedOff();
          if (initialAccessToken) await requireInitialAccessToken(tokenOf(context), initialAccessToken);
          return registerClient(await readJson(context), deps);
        });
        // RFC 7591 §3.2.1
        return Response.json(response, { status: 201 });
      },
      'GET /register/{clientId}': async (context) =>
        Response.json(await manage(context, deps, (request) => readRegistration(request, deps))),
      'PUT /register/{clientId}': async (context) => {
        const replace = async (request: ManagementRequest) => {
          const response = await replaceRegistration(request, () => readJson(context), deps);
          if (!response) throw changedMeanwhile();
          return response;
        };
        return Response.json(await manage(context, deps, replace));
      },
      'DELETE /register/{clientId}': async (context) => {
        await manage(context, deps, (request) => deleteRegistration(request, deps));
        return new Response(null, { status: 204 });
      },
    },
    // Before anything is read or written: whoever registers has proved nothing (AS-73).
    { ...deps, before: (context) => limitAddress(context, 'registration', deps) },
  );
}

function tokenOf(context: Context): string | undefined {
  const header = context.req.header('Authorization');
  const credential = bearerToken(header === undefined ? [] : [header]);
  return 'token' in credential ? credential.token : undefined;
}

/** Whoever manages a registration without its token is recorded with the id that was tried. */
function manage<T>(
  context: Context,
  { audit }: RegistrationAppDeps,
  work: (request: ManagementRequest) => Promise<T>,
): Promise<T> {
  const request = { clientId: context.req.param('clientId') ?? '', token: tokenOf(context) };
  return audited(audit, { type: 'registration.refused', clientId: request.clientId }, () => work(request));
}

function switchedOff(): RefusedRequest {
  const cure = 'clients cannot register themselves here; ask the administrator for a client_id';
  return new RefusedRequest('switched_off', cure, 'access_denied');
}

function changedMeanwhile(): RefusedRequest {
  return new RefusedRequest('conflict', 'the registration was changed at the same time; read it and try again');
}
