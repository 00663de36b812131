import { keyInPath } from '../key-in-path.ts';
import type { Answer } from './account-desk.ts';
import { askEndEverything, endEverything } from './end-everything.ts';
import { askRevokeKey, revokeKey, showKeys } from './keys.ts';
import { makeKey, showKeyForm } from './make-key.ts';
import { askEndSession, endSession, showSessions } from './sessions.ts';
import { showOverview } from './show-overview.ts';
import { askSignOut, signOut } from './sign-out.ts';
import { askTakeBack, takeBack } from './take-back.ts';

/** What is below `/account`. A page that is posted to can be opened too: it asks. */
const pages: readonly { readonly path: string; readonly get: Answer; readonly post?: Answer }[] = [
  { path: '', get: showOverview },
  { path: 'apps/{key}/take-back', get: askTakeBack, post: takeBack },
  { path: 'sessions', get: showSessions },
  { path: 'sessions/{key}/end', get: askEndSession, post: endSession },
  { path: 'keys', get: showKeys },
  { path: 'keys/new', get: showKeyForm, post: makeKey },
  { path: 'keys/{key}/revoke', get: askRevokeKey, post: revokeKey },
  { path: 'end', get: askEndEverything, post: endEverything },
  { path: 'sign-out', get: askSignOut, post: signOut },
];

/**
 * The page at a path.
 * @param path below `/account/`; empty: that page itself
 * @returns undefined if there is none
 */
export function findPage(method: string, path: string): { readonly answer: Answer; readonly key: string } | undefined {
  for (const page of pages) {
    const key = keyInPath(page.path, path);
    const answer = method === 'POST' ? page.post : page.get;
    if (key !== undefined && answer) return { answer, key };
  }
  return undefined;
}
