/**
 * The names in a `scope` parameter. `offline_access` is not among them: it opens nothing, and refresh tokens depend on
 * the client's grant types instead (clients.md pain 3).
 */
export function splitScope(scope: string | undefined): readonly string[] {
  const names = (scope ?? '').split(' ').filter((name) => name !== '' && name !== 'offline_access');
  return [...new Set(names)];
}
