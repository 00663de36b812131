import { endOwnEverything } from '../../core/account/end-own-everything.ts';
import type { Answer } from './account-desk.ts';
import { say } from './say.ts';
import { leaveSignedOut } from './sign-out.ts';
import { questionPage } from './view/question-page.ts';

/** Asks whether to end all access that the person has given, and to sign out everywhere. */
export const askEndEverything: Answer = async (visit) => {
  const { desk, who } = visit;
  const { links } = desk;
  const content = questionPage({
    title: 'End everything of yours?',
    warnings: [
      'Every app is disconnected within a minute, and must ask you again.',
      'Every API key that you made is revoked for good.',
      'You are signed out here, in this browser and in all others.',
    ],
    action: links.endEverything,
    csrf: who.csrf,
    yes: 'End everything',
    back: links.overview(),
  });
  return say(visit, 'End everything?', content);
};

/** Does so; the session of this browser ends with it. */
export const endEverything: Answer = async ({ desk, who }) => {
  await endOwnEverything(who.person.sub, who.sessionCookie, desk.deps);
  return leaveSignedOut(desk);
};
