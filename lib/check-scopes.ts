import type { ScopeProps } from './server-props.ts';
import { refusal } from './refusal.ts';

/** Everything that is wrong with the scopes of one server; empty if nothing is. */
export function checkScopes(scopes: readonly ScopeProps[], prop: string): string[] {
  const names = scopes.map((scope) => scope.name);
  return scopes.flatMap((scope, index) => [
    ...checkName(scope.name, `${prop}[${index}].name`, names.slice(0, index)),
    ...(scope.description.trim() === ''
      ? [refusal(`${prop}[${index}].description`, scope.description, 'what people read on the consent page')]
      : []),
    ...(scope.implies ?? [])
      .filter((implied) => !covers(implied, names))
      .map((implied) =>
        refusal(`${prop}[${index}].implies`, implied, `scopes of the same server: ${names.join(', ')}`),
      ),
  ]);
}

function checkName(name: string, prop: string, earlier: readonly string[]): string[] {
  if (name === 'offline_access') return [refusal(prop, name, 'a name of yours; this one is about refresh tokens')];
  if (['openid', 'profile', 'email'].includes(name)) {
    return [refusal(prop, name, 'a name of yours; this one is of OpenID Connect and opens no server')];
  }
  // Permissions of API keys are scopes too, and single tools are written so.
  if (name.startsWith('tool:')) return [refusal(prop, name, 'a name of yours; this one is an API key for one tool')];
  if (earlier.includes(name)) return [refusal(prop, name, 'a scope that the server does not have yet')];
  // RFC 6749 §3.3. An apostrophe would end the literal of the gateway response that carries the challenge.
  if (!/^[\x21\x23-\x26\x28-\x5b\x5d-\x7e]+$/.test(name)) {
    return [refusal(prop, name, 'printable ASCII without space, quotes and backslash')];
  }
  return [];
}

/** `todos:*` covers every scope that starts with `todos:`. */
function covers(implied: string, names: readonly string[]): boolean {
  return implied.endsWith(':*') ? names.some((name) => name.startsWith(implied.slice(0, -1))) : names.includes(implied);
}
