import type { ProtectedServer, Scope } from '../protected-server.ts';

type Server = Pick<ProtectedServer, 'scopes'>;

/** What a key may do at one server. */
export interface KeyRights {
  /** Names of scopes, in the server's order. */
  readonly scopes: readonly string[];
  /**
   * Tools that the key names itself, beside what its scopes open. Where there is this list and no scope, the key opens
   * these and nothing else, not even tools that need no scope.
   * @default none
   */
  readonly tools?: readonly string[];
}

const toolMark = 'tool:';

/** Ends of the names of scopes that the simple permissions stand for; a scope of that very name counts too. */
const simple: Readonly<Record<string, readonly string[]>> = {
  read: ['read'],
  write: ['read', 'write', 'delete'],
};

/** The rights that the permissions of a key give at a server. Names that it does not know give nothing. */
export function rightsAt(server: Server, permissions: readonly string[]): KeyRights {
  const scopes = server.scopes
    .filter((scope) => permissions.some((permission) => gives(permission, scope)))
    .map(({ name }) => name);
  const named = permissions.flatMap((permission) => toolIn(permission) ?? []);
  if (named.length === 0) return { scopes };
  const known = toolsOf(server);
  return { scopes, tools: known ? named.filter((tool) => known.includes(tool)) : named };
}

/** Whether a permission means something at a server. */
export function isKnownAt(server: Server, permission: string): boolean {
  const tool = toolIn(permission);
  if (tool !== undefined) return toolsOf(server)?.includes(tool) ?? tool !== '';
  // A server without scopes is open to every good credential, so that there is something to read.
  if (Object.hasOwn(simple, permission) && server.scopes.length === 0) return true;
  return server.scopes.some((scope) => gives(permission, scope));
}

/** Every permission that a server knows, as people enter it. */
export function permissionsOf(server: Server): readonly string[] {
  const short = Object.keys(simple).filter((permission) => isKnownAt(server, permission));
  const tools = (toolsOf(server) ?? []).map((tool) => `${toolMark}${tool}`);
  return [...new Set([...short, ...server.scopes.map(({ name }) => name), ...tools])];
}

function gives(permission: string, scope: Scope): boolean {
  if (!Object.hasOwn(simple, permission)) return permission === scope.name;
  return (simple[permission] ?? []).some((end) => scope.name === end || scope.name.endsWith(`:${end}`));
}

function toolIn(permission: string): string | undefined {
  return permission.startsWith(toolMark) ? permission.slice(toolMark.length) : undefined;
}

/** The tools that scopes name; undefined for a server that tells nothing about its tools. */
function toolsOf(server: Server): readonly string[] | undefined {
  const tools = [...new Set(server.scopes.flatMap((scope) => scope.tools))];
  return tools.length > 0 ? tools : undefined;
}
