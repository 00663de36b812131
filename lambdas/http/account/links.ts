import { writePathValue } from '../../contract/admin/path-value.ts';

/** Addresses of a person's own pages; absolute, because without CloudFront the issuer has a path. */
export interface Links {
  /** @param query `done`, cursors. @default none */
  overview(query?: Readonly<Record<string, string>>): string;
  takeBack(clientId: string): string;
  /** @param cursor of the page before. @default the first page */
  sessions(cursor?: string): string;
  endSession(gid: string): string;
  keys(cursor?: string): string;
  readonly newKey: string;
  revokeKey(keyId: string): string;
  readonly endEverything: string;
  readonly signOut: string;
  readonly signedOut: string;
  /** Signs in, with a choice of account, and comes back to the first page. */
  readonly switchAccount: string;
  readonly console: string;
  /** Which credential is for which case. */
  readonly credentials: string;
}

/** All addresses for an issuer. */
export function linksOf(issuer: string): Links {
  const root = `${issuer}/account`;
  const withQuery = (url: string, query: Readonly<Record<string, string>>): string => {
    const text = new URLSearchParams(query).toString();
    return text === '' ? url : `${url}?${text}`;
  };
  const paged = (url: string) => (cursor?: string) => withQuery(url, cursor === undefined ? {} : { cursor });
  return {
    overview: (query = {}) => withQuery(root, query),
    takeBack: (clientId) => `${root}/apps/${writePathValue(clientId)}/take-back`,
    sessions: paged(`${root}/sessions`),
    endSession: (gid) => `${root}/sessions/${writePathValue(gid)}/end`,
    keys: paged(`${root}/keys`),
    newKey: `${root}/keys/new`,
    revokeKey: (keyId) => `${root}/keys/${writePathValue(keyId)}/revoke`,
    endEverything: `${root}/end`,
    signOut: `${root}/sign-out`,
    signedOut: `${root}/signed-out`,
    switchAccount: `${issuer}/sign-in?${new URLSearchParams({ to: '/account', again: '1' }).toString()}`,
    console: `${issuer}/admin`,
    credentials: `${issuer}/which-credential`,
  };
}
