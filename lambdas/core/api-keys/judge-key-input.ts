import type { FieldProblem } from '../admin/admin-refusal.ts';
import { refuseFields } from '../admin/admin-refusal.ts';
import type { ApiKey } from '../api-key.ts';
import type { ProtectedServer } from '../protected-server.ts';
import { pathDetailType, pathsProblem } from '../resource/path-narrowing.ts';
import { readExpiry } from './expiry.ts';
import type { KeyInput } from './key-input.ts';
import { isKnownAt, permissionsOf } from './permissions.ts';

/** Characters of a name. */
const longestName = 60;
/** Permissions of one key, and bytes of their JSON: tools travel in what the guard hands on. */
const mostPermissions = 100;
const largestPermissions = 2048;

/** What the owner of a key chose, checked. */
export type KeyTerms = Pick<ApiKey, 'name' | 'servers' | 'permissions' | 'paths' | 'expiresAt'>;

/**
 * Checks what shall become a key, all fields at once.
 * @param now epoch seconds
 * @throws AdminRefusal `invalid`, with a sentence for each field that is wrong
 */
export function judgeKeyInput(input: KeyInput, servers: readonly ProtectedServer[], now: number): KeyTerms {
  const name = input.name.trim();
  const [ids, permissions, paths] = [input.servers, input.permissions, input.paths ?? []].map(plainList);
  const chosen = servers.filter(({ id }) => ids?.includes(id));
  const expiry = readExpiry(input.expires.trim(), now);
  refuseFields([
    ...at('name', nameProblem(name)),
    ...at('servers', serversProblem(ids ?? [], servers)),
    ...at('permissions', permissionsProblem(permissions ?? [], chosen)),
    ...at('paths', narrowingProblem(paths ?? [], chosen)),
    ...at('expires', 'problem' in expiry ? expiry.problem : undefined),
  ]);
  const expiresAt = 'at' in expiry ? expiry.at : undefined;
  const terms = { name, servers: ids ?? [], permissions: permissions ?? [], paths: paths ?? [] };
  return expiresAt === undefined ? terms : { ...terms, expiresAt };
}

function plainList(list: readonly string[]): readonly string[] {
  return [...new Set(list.map((item) => item.trim()).filter((item) => item !== ''))];
}

function at(field: keyof KeyInput, message: string | undefined): readonly FieldProblem[] {
  return message === undefined ? [] : [{ field, message }];
}

function nameProblem(name: string): string | undefined {
  if (name === '') return 'Enter a name, so that you know later what the key is for.';
  if ([...name].length > longestName) return `At most ${longestName} characters are taken.`;
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name) ? 'Control characters are not taken.' : undefined;
}

function serversProblem(ids: readonly string[], servers: readonly ProtectedServer[]): string | undefined {
  const open = servers.filter(({ apiKeys }) => apiKeys !== 'refused').map(({ id }) => id);
  const choice = `Choose from: ${open.join(', ') || 'none, no server takes API keys'}.`;
  if (ids.length === 0) return `Choose at least one server. ${choice}`;
  const unknown = ids.find((id) => !servers.some((server) => server.id === id));
  if (unknown !== undefined) return `There is no server ${shown(unknown)}. ${choice}`;
  const closed = ids.find((id) => !open.includes(id));
  return closed === undefined ? undefined : `The server ${closed} takes no API keys. ${choice}`;
}

function permissionsProblem(permissions: readonly string[], chosen: readonly ProtectedServer[]): string | undefined {
  // Without a server nothing can be said; that field has its own message.
  if (chosen.length === 0) return permissions.length === 0 ? 'Choose at least one permission.' : undefined;
  const choice = `Choose from: ${[...new Set(chosen.flatMap(permissionsOf))].join(', ')}.`;
  if (permissions.length === 0) return `Choose at least one permission. ${choice}`;
  if (permissions.length > mostPermissions || JSON.stringify(permissions).length > largestPermissions) {
    return 'These are too many; take a scope instead of single tools, or make two keys.';
  }
  const unknown = permissions.find((one) => !chosen.some((server) => isKnownAt(server, one)));
  if (unknown !== undefined) return `There is no ${shown(unknown)} at the chosen servers. ${choice}`;
  const useless = chosen.find((server) => !permissions.some((one) => isKnownAt(server, one)));
  if (!useless) return undefined;
  return `Nothing of this opens the server ${useless.id}. Add one of: ${permissionsOf(useless).join(', ')}.`;
}

// A limit that nobody holds would be a promise that nobody keeps.
function narrowingProblem(paths: readonly string[], chosen: readonly ProtectedServer[]): string | undefined {
  const problem = pathsProblem(paths);
  if (problem !== undefined) return `These cannot be taken: ${problem}.`;
  const blind = chosen.find(({ authorizationDetailTypes }) => !authorizationDetailTypes?.includes(pathDetailType));
  if (paths.length === 0 || !blind) return undefined;
  return `The server ${blind.id} does not know paths. Leave this empty, or take the server out.`;
}

function shown(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
}
