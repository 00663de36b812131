import { CommandError } from '../errors.ts';
import { ask, getJson } from './get-json.ts';
import { toldUrl } from './judge-url.ts';

/** What an MCP server says about who gives tokens for it (RFC 9728). */
export interface Resource {
  /** The resource indicator (RFC 8707). */
  readonly resource: string;
  readonly issuer: URL;
  /** To ask for if nobody chose. Absent: leave it to the authorization server. */
  readonly scope: string | undefined;
}

/**
 * Asks an MCP server without a token and follows its challenge, or the well-known places if it names none.
 * @throws CommandError if it needs no token, or its metadata is absent or about something else
 */
export async function findResource(url: URL, stop: AbortSignal): Promise<Resource> {
  const challenge = await challengeOf(url, stop);
  const named = parameter(challenge, 'resource_metadata');
  const places = named === undefined ? wellKnown(url) : [toldUrl(named, 'resource_metadata', url)];
  for (const place of places) {
    const metadata = await getJson(place, stop);
    if (metadata) return judge(metadata, url, parameter(challenge, 'scope'));
  }
  throw new CommandError(`${url.href} asks for a token and does not say who gives one.`, {
    cure: `No metadata stands at ${places.map(({ href }) => href).join(' or ')}. Is this the MCP URL?`,
  });
}

async function challengeOf(url: URL, stop: AbortSignal): Promise<string> {
  const hello = { jsonrpc: '2.0', id: 1, method: 'ping' };
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const answer = await ask(url, { method: 'POST', headers, body: JSON.stringify(hello) }, stop);
  await answer.body?.cancel();
  if (answer.status === 401) return answer.headers.get('www-authenticate') ?? '';
  if (answer.ok) throw new CommandError(`${url.href} answers without a token: there is nothing to sign in to.`);
  const cure = answer.status === 404 || answer.status === 403 ? 'Is this the MCP URL, with its path?' : undefined;
  throw new CommandError(`${url.href} answers ${answer.status}, where 401 would tell how to sign in.`, { cure });
}

/** RFC 9728 §3.1: the path form, then the root form. */
function wellKnown(url: URL): readonly URL[] {
  const form = '/.well-known/oauth-protected-resource';
  const path = url.pathname.replace(/\/$/, '');
  return [...(path === '' ? [] : [new URL(`${form}${path}${url.search}`, url)]), new URL(form, url)];
}

function judge(metadata: Readonly<Record<string, unknown>>, url: URL, scope: string | undefined): Resource {
  const { resource, authorization_servers: servers, scopes_supported: scopes } = metadata;
  // RFC 9728 §3.3: metadata that is about another resource must not be used.
  if (typeof resource !== 'string' || withoutSlash(resource) !== withoutSlash(url.href)) {
    throw new CommandError(`${url.href} says that it is ${String(resource)}: a token for that could be stolen.`);
  }
  const [issuer] = Array.isArray(servers) ? (servers as unknown[]) : [];
  const all = Array.isArray(scopes) ? scopes.filter((each) => typeof each === 'string').join(' ') : '';
  const told = toldUrl(issuer, 'authorization server', url);
  return { resource, issuer: told, scope: scope ?? (all === '' ? undefined : all) };
}

function withoutSlash(url: string): string {
  return (URL.parse(url)?.href ?? url).replace(/\/$/, '');
}

/** A parameter of a Bearer challenge (RFC 9110 §11.2). */
function parameter(challenge: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[\\s,])${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]+))`, 'i').exec(challenge);
  return found?.[1]?.replace(/\\(.)/g, '$1') ?? found?.[2];
}
