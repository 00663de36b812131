import { OAuthError } from '../errors.ts';
import { judgeRedirectUri } from './judge-redirect-uri.ts';
import { texts } from './members.ts';
import type { Metadata } from './members.ts';

const most = 20;

/**
 * The redirect URIs that can be registered. The rest is dropped: clients send one for each place in which they run,
 * and one unknown must not keep the others out (clients.md pain 6). The answer echoes what was kept.
 * @throws OAuthError invalid_redirect_uri naming each and why, if none is left
 */
export function acceptableRedirectUris(metadata: Metadata): readonly string[] {
  const judged = (texts(metadata, 'redirect_uris', most) ?? []).map((uri) => ({ uri, problem: judgeRedirectUri(uri) }));
  const accepted = judged.filter(({ problem }) => problem === undefined).map(({ uri }) => uri);
  if (accepted.length > 0) return accepted;
  const problems = judged.map(({ uri, problem }) => `${uri.slice(0, 100)} ${problem}`).join('; ');
  throw new OAuthError('invalid_redirect_uri', `redirect_uris: ${problems || 'is missing; name at least one'}`);
}
