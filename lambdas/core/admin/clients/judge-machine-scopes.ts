import type { ProtectedServer } from '../../protected-server.ts';
import type { FieldProblem } from '../admin-refusal.ts';

/** Scopes of administration are for people: their rights are looked up at each request. */
const ofPeople = 'gatehouse:admin';

/** What is wrong with the scopes that a client is to have for itself. */
export function judgeMachineScopes(
  scopes: readonly string[],
  isMachine: boolean,
  servers: readonly ProtectedServer[],
): FieldProblem[] {
  const known = [...new Set(servers.flatMap((server) => server.scopes.map(({ name }) => name)))].filter(
    (name) => !name.startsWith(ofPeople),
  );
  const at = (message: string): FieldProblem => ({ field: 'scopes', message });
  const choice = `Known are: ${known.join(', ') || 'none'}.`;
  if (!isMachine) {
    const none = 'Leave it empty: an app with redirect URIs asks people for its scopes, and has none for itself.';
    return scopes.length > 0 ? [at(none)] : [];
  }
  if (scopes.length === 0) {
    return [at(`A machine needs at least one scope. ${choice} If people sign in with it, enter a redirect URI.`)];
  }
  const unknown = scopes.filter((name) => !known.includes(name));
  return unknown.map((name) => {
    const problem = name.startsWith(ofPeople) ? 'is for people, not for machines' : 'is no scope of a server here';
    return at(`${name.slice(0, 100)} ${problem}. ${choice}`);
  });
}
