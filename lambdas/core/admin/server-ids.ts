import { audiencesOf } from '../identity/identity-resource.ts';
import type { AdminDeps } from './deps.ts';

/** What rows call a resource: the id of its server; itself, if the server is gone. */
export function serverIds(deps: Pick<AdminDeps, 'issuer' | 'servers'>): (resource: string) => string {
  const known = new Map(audiencesOf(deps).map(({ resource, id }) => [resource, id]));
  return (resource) => known.get(resource) ?? resource;
}
