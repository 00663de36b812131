import { clientNames } from '../../core/admin/client-names.ts';
import { liveSessions } from '../../core/account/live-access.ts';
import { endOwnSession } from '../../core/account/end-own-session.ts';
import { ownSession } from '../../core/account/own-session.ts';
import { parameter } from '../../core/parameters.ts';
import { html } from '../pages/html.ts';
import { plainText } from '../pages/plain-text.ts';
import { leave } from '../proceed.ts';
import type { Answer } from './account-desk.ts';
import { say } from './say.ts';
import { questionPage } from './view/question-page.ts';
import { sessionsPage } from './view/sessions-page.ts';
import { when } from './view/when.ts';

/** Of a page. */
const most = 50;

/** Every session, in pages. */
export const showSessions: Answer = async (visit) => {
  const { deps, links } = visit.desk;
  const cursor = parameter(visit.query, 'cursor');
  const now = deps.clock.now();
  const sessions = await liveSessions({ person: visit.who.person.sub }, { limit: most, cursor }, deps);
  const nameOf = await clientNames(sessions.items, deps);
  return say(visit, 'Sessions', sessionsPage({ sessions, nameOf, isLater: cursor !== undefined, now }, links));
};

/** Asks whether to end one. */
export const askEndSession: Answer = async (visit) => {
  const { desk, who, key } = visit;
  const { links, deps } = desk;
  const session = await ownSession(key, who.person.sub, deps);
  const nameOf = await clientNames([session], deps);
  const name = html`<bdi>${plainText(nameOf(session.clientId), 48)}</bdi>`;
  const content = questionPage({
    title: html`End this session of ${name}?`,
    warnings: [
      html`It began ${when(session.createdAt, deps.clock.now())}. Its access ends within a minute.`,
      'The app may connect again without asking you, if you allowed that. To stop it, take the whole app back.',
    ],
    action: links.endSession(key),
    csrf: who.csrf,
    yes: 'End the session',
    back: links.overview(),
  });
  return say(visit, 'End session?', content);
};

/** Does so. */
export const endSession: Answer = async ({ desk, who, key }) => {
  await endOwnSession(key, who.person.sub, desk.deps);
  return leave(desk.links.overview({ done: 'session' }), desk.deps);
};
