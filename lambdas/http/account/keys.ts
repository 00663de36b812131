import { findApiKey } from '../../core/api-keys/find-api-key.ts';
import { listApiKeys } from '../../core/api-keys/list-api-keys.ts';
import { revokeApiKey } from '../../core/api-keys/revoke-api-key.ts';
import { parameter } from '../../core/parameters.ts';
import { html } from '../pages/html.ts';
import { plainText } from '../pages/plain-text.ts';
import { leave } from '../proceed.ts';
import type { Answer } from './account-desk.ts';
import { say } from './say.ts';
import { keysPage } from './view/keys-page.ts';
import { questionPage } from './view/question-page.ts';

/** Of a page. */
const most = 20;

/** Every key that the person made, with those that ended, in pages. */
export const showKeys: Answer = async (visit) => {
  const { deps, links } = visit.desk;
  const cursor = parameter(visit.query, 'cursor');
  const keys = await listApiKeys({ owner: visit.who.person.sub }, { limit: most, cursor }, deps);
  const cards = { links, servers: deps.servers, now: deps.clock.now() };
  return say(visit, 'API keys', keysPage({ keys, isLater: cursor !== undefined, cards }));
};

/** Asks whether to revoke one. */
export const askRevokeKey: Answer = async (visit) => {
  const { desk, who, key } = visit;
  const { links, deps } = desk;
  const { name } = await findApiKey(key, who.person.sub, deps);
  const content = questionPage({
    title: html`Revoke the key <bdi>${plainText(name)}</bdi>?`,
    warnings: [
      'Programs that use this key are refused within a minute.',
      'The key can never come back. It stays in your history, and its name is free again.',
    ],
    action: links.revokeKey(key),
    csrf: who.csrf,
    yes: 'Revoke the key',
    back: links.overview(),
  });
  return say(visit, 'Revoke API key?', content);
};

/** Does so. */
export const revokeKey: Answer = async ({ desk, who, key }) => {
  const { sub } = who.person;
  await revokeApiKey(key, { by: sub, owner: sub }, desk.deps);
  return leave(desk.links.overview({ done: 'key' }), desk.deps);
};
