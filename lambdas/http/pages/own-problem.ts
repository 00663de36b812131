import type { OAuthError } from '../../core/errors.ts';
import { RefusedRequest } from '../refused-request.ts';
import type { Problem } from './problem.ts';

const signInAgain = 'Sign in again to go on.';

/** Dead ends on the way to our own pages, and on them: there is no app to go back to. */
const byReason: Readonly<Record<string, Problem>> = {
  not_found: {
    title: 'There is nothing here',
    happened: 'This page does not exist, or what it was about is over.',
    help: 'Your own page shows everything that you have now.',
  },
  identity_provider_denied: {
    title: 'You were not signed in',
    happened: 'You cancelled where you sign in, or your account may not be used here.',
    help: 'Try again, perhaps with another account. If it stays so, ask your administrator.',
  },
  unknown_transaction: {
    title: 'This sign-in is over',
    happened: 'It took too long, was completed already, or your access ended meanwhile.',
    help: signInAgain,
  },
  sign_in_ended: {
    title: 'Your sign-in was ended',
    happened: 'All of your access was taken back meanwhile, by you or by an administrator.',
    help: signInAgain,
  },
  other_browser: {
    title: 'This was started in another browser, or cookies are blocked',
    happened: 'A sign-in must end in the browser where it began, and that browser must keep our cookies.',
    help: 'Allow cookies for this site, then sign in again. If you did not start this yourself, close this page.',
  },
  return_path: {
    title: 'This link leads nowhere',
    happened: 'It asks to go on to a page that is not one of ours.',
    help: 'If somebody gave you this link, do not trust it. Your own page is safe to open.',
  },
  stale_form: {
    title: 'This form is too old',
    happened: 'You signed in again since it was opened, or it was not made for you. Nothing was changed.',
    help: 'Open the page again and send the form from there.',
  },
  cross_site: {
    title: 'The form came from another site',
    happened: 'Nothing was changed.',
    help: 'If you did not press a button on this site, close the other page.',
  },
  conflict: {
    title: 'Somebody was faster',
    happened: 'What you wanted to change has changed. Nothing was written.',
    help: 'Open the page again to see how it is now.',
  },
  too_many_requests: {
    title: 'Too many requests',
    happened: 'More requests came from your network in a short time than are answered.',
    help: 'Wait a few seconds and try again.',
  },
};

/** What to tell a person about an error of our own pages. */
export function ownProblemOf(error: OAuthError): Problem {
  const known = byReason[error.reason];
  if (known) return known;
  if (error.code === 'temporarily_unavailable') {
    return {
      title: 'Sign-in cannot be reached',
      happened: 'The service where you sign in does not answer at the moment.',
      help: 'Wait a few seconds and try again.',
    };
  }
  if (error.code === 'server_error') {
    return {
      title: 'Something went wrong here',
      happened: 'It is not your fault. What you asked for may not have happened.',
      help: 'Look at your own page, then try again. If it happens again, give the trace id to your administrator.',
    };
  }
  return {
    title: error instanceof RefusedRequest ? 'This cannot be opened like that' : 'This cannot be done like that',
    happened: `${error.message}.`,
    help: 'Go to your own page and start from there.',
  };
}
