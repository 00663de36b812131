import type { AuthorizationDetail, AuthorizationRequest } from '../authorization-request.ts';
import type { Client } from '../client.ts';
import type { ProtectedServer, Scope } from '../protected-server.ts';
import { expandScopes } from '../resource/expand-scopes.ts';
import { tickOf } from './allowed-scopes.ts';
import { clientEvidence } from './client-evidence.ts';
import type { ClientEvidence } from './client-evidence.ts';
import { serversOf } from './consent-memory.ts';
import type { Recalled } from './recall-consent.ts';
import { redirectKind } from './redirect-kind.ts';
import type { RedirectKind } from './redirect-kind.ts';

/** What the consent page shows. Every text that comes from the client must be escaped by the page. */
export interface ConsentView extends ClientEvidence {
  /** Its name, or its id if it gave none. */
  readonly clientName: string;
  readonly clientId: string;
  /** https URLs that the client named; self-asserted as well. */
  readonly clientUri?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
  readonly redirect: {
    /** `loopback`: a program on this computer; `private-use`: an app that claims the scheme (AS-28). */
    readonly kind: RedirectKind;
    /** Host with port if it has one; for private-use the scheme with its authority, such as `cursor://host`. */
    readonly host: string;
  };
  readonly servers: readonly {
    readonly name: string;
    readonly resource: string;
    /** What the person decides. */
    readonly scopes: readonly ShownScope[];
    /** What the person allowed before and the client gets again (docs/decisions/0013). */
    readonly allowedBefore: readonly ShownScope[];
  }[];
  /** Scopes of OpenID Connect that are asked. Absent: none. Without servers the request only signs the person in. */
  readonly identityScopes?: readonly string[];
  /** What the request says beyond scopes (RFC 9396), each to be shown whole. */
  readonly authorizationDetails: readonly AuthorizationDetail[];
}

export interface ShownScope {
  readonly name: string;
  /** Value of its tick in the form. */
  readonly tick: string;
  readonly description: string;
  /** Tools that the scope opens, those of implied scopes included. */
  readonly tools: readonly string[];
  /** Names of the narrower scopes that come with it, ticked or not (RS-08). */
  readonly includes: readonly string[];
  /** Whether the person may untick it. */
  readonly optional: boolean;
}

/** What to show of a redirect URI, by text: its scheme and authority, or the scheme alone if it has none. */
function shownHost(uri: string, kind: RedirectKind): string {
  const [place = ''] = /^[^/:]+:(?:\/\/[^/?]*)?/.exec(uri) ?? [];
  return kind === 'private-use' ? place : place.replace(/^https?:\/\//, '');
}

function shownScope(scope: Scope, server: ProtectedServer, several: boolean): ShownScope {
  const { name, description, optional } = scope;
  const opened = expandScopes([name], server);
  const tools = server.scopes.filter((other) => opened.has(other.name)).flatMap((other) => other.tools);
  const includes = [...opened].filter((other) => other !== name);
  return { name, tick: tickOf(server, name, several), description, tools: [...new Set(tools)], includes, optional };
}

/**
 * Gathers what the person must know before answering (AS-28, AS-49).
 * @param recalled what the person allowed before; empty: nothing
 */
export function consentView(
  request: AuthorizationRequest,
  client: Client,
  servers: readonly ProtectedServer[],
  recalled: readonly Recalled[] = [],
): ConsentView {
  const { clientId, clientUri, policyUri, tosUri } = client;
  const kind = redirectKind(request.redirectUri);
  return {
    clientName: client.clientName ?? clientId,
    clientId,
    ...clientEvidence(client),
    ...(clientUri !== undefined && { clientUri }),
    ...(policyUri !== undefined && { policyUri }),
    ...(tosUri !== undefined && { tosUri }),
    redirect: { kind, host: shownHost(request.redirectUri, kind) },
    servers: serversOf(request, servers).map((server) => shownServer(request, server, recalled)),
    ...(request.identityScopes && { identityScopes: request.identityScopes }),
    authorizationDetails: request.authorizationDetails ?? [],
  };
}

function shownServer(
  request: AuthorizationRequest,
  server: ProtectedServer,
  recalled: readonly Recalled[],
): ConsentView['servers'][number] {
  const { name, resource } = server;
  const memory = recalled.find((one) => one.server.resource === resource);
  const shown = (names: readonly string[]) =>
    server.scopes
      .filter((scope) => names.includes(scope.name))
      .map((scope) => shownScope(scope, server, request.resources.length > 1));
  return { name, resource, scopes: shown(memory?.fresh ?? request.scopes), allowedBefore: shown(memory?.kept ?? []) };
}
