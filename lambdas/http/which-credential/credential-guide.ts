import type { ProtectedServer } from '../../core/protected-server.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Answer } from '../bind-routes.ts';
import { senderOf } from '../page-response.ts';
import type { ExampleServer } from './credential-case.ts';
import { guidePage } from './guide-page.ts';
import { guideLook } from './look.ts';
import { peopleCases, signInCase } from './people-cases.ts';
import { programCases } from './program-cases.ts';

interface GuideDeps {
  readonly issuer: string;
  readonly servers: readonly ProtectedServer[];
  readonly settings: Pick<Settings, 'brand'> & Partial<Pick<Settings, 'trustedIssuers'>>;
}

const taken = {
  accepted: 'OAuth tokens and API keys',
  only: 'API keys only',
  refused: 'OAuth tokens only',
} as const;

/** The page that tells which credential to use for which case, with the commands and URLs of this deployment (F-B8). */
export function credentialGuide({ issuer, servers, settings }: GuideDeps): Answer {
  const send = senderOf(settings.brand, issuer, guideLook);
  const keysOf = (server: ProtectedServer) => server.apiKeys ?? 'accepted';
  const deployment = {
    issuer,
    withToken: example(servers.find((server) => keysOf(server) !== 'only')),
    withKey: example(servers.find((server) => keysOf(server) !== 'refused')),
    trustedIssuers: (settings.trustedIssuers ?? []).map((trusted) => trusted.issuer),
  };
  const cases = [...peopleCases(deployment), ...programCases(deployment), signInCase(deployment)];
  const listed = servers.map((server) => ({ name: server.name, url: server.resource, takes: taken[keysOf(server)] }));
  return () => {
    const page = send(guidePage(cases, listed, issuer), { deadEnd: true });
    // The same for everybody.
    page.headers.set('Cache-Control', 'public, max-age=300');
    page.headers.delete('Pragma');
    return page;
  };
}

function example(server: ProtectedServer | undefined): ExampleServer | undefined {
  if (!server) return undefined;
  const names = server.scopes.map(({ name }) => name);
  const permission = names.some((name) => name.endsWith(':read')) ? 'read' : (names[0] ?? 'tool:NAME');
  return { id: server.id, url: server.resource, scope: names[0], permission };
}
