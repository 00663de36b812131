import type { AdminOperation, ResourceId } from '../../contract/admin/operation.ts';
import { writePathValue } from '../../contract/admin/path-value.ts';

/** Addresses of the console's pages. */
export interface Links {
  readonly overview: string;
  readonly account: string;
  readonly signOut: string;
  /** Which credential is for which case. */
  readonly credentials: string;
  /** Signs somebody in and leads back. @param again asks even whoever is signed in */
  signIn(to: string, again?: boolean): string;
  /** @param query filters and cursor. @default none */
  list(resource: ResourceId, query?: Readonly<Record<string, string>>): string;
  row(resource: ResourceId, key: string): string;
  /** The form or question of an operation. @param key of the row; none for those without */
  form(operation: Pick<AdminOperation, 'resource' | 'verb'>, key?: string): string;
}

/** Where the form that makes something stands, so that no key can be mistaken for it. */
export const newSegment = 'new';

/** All addresses are absolute: without CloudFront the issuer has a path. */
export function linksOf(issuer: string): Links {
  const list: Links['list'] = (resource, query = {}) => {
    const text = new URLSearchParams(query).toString();
    return `${issuer}/admin/${resource}${text === '' ? '' : `?${text}`}`;
  };
  const row: Links['row'] = (resource, key) => `${list(resource)}/${keySegment(key)}`;
  return {
    overview: `${issuer}/admin`,
    account: `${issuer}/account`,
    signOut: `${issuer}/account/sign-out`,
    credentials: `${issuer}/which-credential`,
    signIn: (to, again) => `${issuer}/sign-in?to=${encodeURIComponent(to)}${again ? '&again=1' : ''}`,
    list,
    row,
    form: ({ resource, verb }, key) =>
      key === undefined ? `${list(resource)}/${newSegment}` : `${row(resource, key)}/${verb}`,
  };
}

function keySegment(key: string): string {
  return key === newSegment ? escapedNew : writePathValue(key);
}

/** The key that is spelled like the form. */
export const escapedNew = `~${Buffer.from(newSegment).toString('base64url')}`;
