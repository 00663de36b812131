import type { Hono } from 'hono';
import type { RegistrationDeps } from '../core/registration/register-client.ts';
import { registerClient } from '../core/registration/register-client.ts';
import type { Settings } from '../contract/settings.ts';
import { bindRoutes } from './bind-routes.ts';
import type { ErrorContext } from './errors.ts';
import { readJson } from './read-json.ts';
import { RefusedRequest } from './refused-request.ts';

export interface RegistrationAppDeps extends RegistrationDeps, ErrorContext {
  readonly settings: Pick<Settings, 'registration'>;
}

/** Dynamic client registration (RFC 7591). */
export function registrationApp(deps: RegistrationAppDeps): Hono {
  return bindRoutes(
    'registration',
    {
      'POST /register': async (context) => {
        if (!deps.settings.registration.dynamic) throw switchedOff();
        const { response } = await registerClient(await readJson(context), deps);
        // RFC 7591 §3.2.1
        return Response.json(response, { status: 201 });
      },
    },
    deps,
  );
}

function switchedOff(): RefusedRequest {
  const cure = 'clients cannot register themselves here; ask the administrator for a client_id';
  return new RefusedRequest('switched_off', cure, 'access_denied');
}
