import { ownApp } from '../../core/account/own-app.ts';
import { takeBackApp } from '../../core/account/take-back-app.ts';
import { html } from '../pages/html.ts';
import { plainText } from '../pages/plain-text.ts';
import { leave } from '../proceed.ts';
import type { Answer } from './account-desk.ts';
import { say } from './say.ts';
import { questionPage } from './view/question-page.ts';

/** Asks whether to take back all that a client has of the person. */
export const askTakeBack: Answer = async (visit) => {
  const { desk, who, key } = visit;
  const { links, deps } = desk;
  const app = await ownApp(key, who.person.sub, deps);
  const name = html`<bdi>${plainText(app.clientName, 48)}</bdi>`;
  const content = questionPage({
    title: html`Take back the access of ${name}?`,
    warnings: [
      'Every session of this app ends within a minute, on all of your devices.',
      'What you allowed it is forgotten: if it connects again, you are asked again.',
      'What it has read already, it keeps.',
    ],
    action: links.takeBack(key),
    csrf: who.csrf,
    yes: 'Take back',
    back: links.overview(),
  });
  return say(visit, 'Take back access?', content);
};

/** Does so. */
export const takeBack: Answer = async ({ desk, who, key }) => {
  await takeBackApp(key, who.person.sub, desk.deps);
  return leave(desk.links.overview({ done: 'app' }), desk.deps);
};
