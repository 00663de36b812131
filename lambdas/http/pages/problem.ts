import type { OAuthError } from '../../core/errors.ts';
import { RefusedRequest } from '../refused-request.ts';

/** What an error page says. */
export interface Problem {
  readonly title: string;
  readonly happened: string;
  readonly help: string;
}

const startAgain = 'Go back to your app and connect again from there. You can close this page.';

const makerHelp = 'Report this page to the maker of the app. You can close it; nothing was granted.';

/** Dead ends by the reason that core gives them, in the words of the person who stands before them. */
const byReason: Readonly<Record<string, Problem>> = {
  unknown_client: {
    title: 'This app is not known here',
    happened: 'Your app used an old registration that this service does not know, or no longer knows.',
    help: 'Make your app forget what it remembers of this server, then connect again:',
  },
  metadata_url: {
    title: 'This app cannot be known by that address',
    happened: 'The address by which your app names itself is not one that can be used.',
    help: makerHelp,
  },
  metadata_host_denied: {
    title: 'This app is not allowed here',
    happened: 'Your administrator did not allow apps that this website publishes.',
    help: 'Ask your administrator to allow it. You can close this page.',
  },
  metadata_refused: {
    title: 'This app could not be checked',
    happened: 'What your app says about itself is kept where it cannot be read from here.',
    help: makerHelp,
  },
  metadata_invalid: {
    title: 'This app could not be checked',
    happened: 'The website that publishes your app describes it in a way that cannot be used.',
    help: makerHelp,
  },
  metadata_unavailable: {
    title: 'This app cannot be checked now',
    happened: 'The website that publishes your app does not answer at the moment. Nothing was granted.',
    help: 'Wait a minute and reload this page. If that does not help, connect again from your app later.',
  },
  too_many_requests: {
    title: 'Too many requests',
    happened: 'More requests came from your network in a short time than are answered. Nothing was granted.',
    help: 'Wait a few seconds and reload this page.',
  },
  redirect_uri_mismatch: {
    title: 'This app asked for an unknown return address',
    happened:
      'The address to which your app wants you sent back is not one that it registered. Nothing was sent there.',
    help: 'Remove this server from your app and add it again. If you did not start this yourself, close this page.',
  },
  unknown_transaction: {
    title: 'This sign-in is over',
    happened: 'The request expired, was already completed, or never existed.',
    help: startAgain,
  },
  sign_in_ended: {
    title: 'Your sign-in was ended',
    happened: 'All access was taken back since you signed in, by you or by an administrator. Nothing was granted.',
    help: `${startAgain} You will sign in anew.`,
  },
  identity_provider_denied: {
    title: 'You were not signed in',
    happened: 'You cancelled where you sign in, or your account may not be used here. Nothing was granted.',
    help: startAgain,
  },
  not_an_administrator: {
    title: 'This account may not administer',
    happened: 'Your app asked for administration, and your account is on no list of administrators here.',
    help: 'Sign in with another account, or ask whoever runs this service to list your e-mail address or group.',
  },
  already_answered: {
    title: 'You already answered',
    happened: 'This request was answered before, and an answer counts once.',
    help: `Your app may already be connected. If it is not: ${startAgain}`,
  },
  other_browser: {
    title: 'This was started in another browser',
    happened: 'A sign-in must end in the browser where it began, with cookies allowed.',
    help: `${startAgain} If you did not start this yourself, close this page and do nothing.`,
  },
  csrf: {
    title: 'The answer could not be trusted',
    happened: 'The form did not come from the page that this browser was shown.',
    help: startAgain,
  },
  cross_site: {
    title: 'The answer could not be trusted',
    happened: 'The form was sent from another site.',
    help: 'If you did not press a button on this site, close this page and do nothing.',
  },
};

/** What to tell a person about an error. */
export function problemOf(error: OAuthError): Problem {
  const known = byReason[error.reason];
  if (known) return known;
  if (error.code === 'invalid_request_uri') {
    return {
      title: 'This link is over',
      happened: 'Your app made a link that is good once, for two minutes. It was used, is too old, or never existed.',
      help: startAgain,
    };
  }
  if (error.code === 'temporarily_unavailable') {
    return {
      title: 'Sign-in cannot be reached',
      happened: 'The service where you sign in does not answer at the moment.',
      help: 'Wait a few seconds and reload this page. If that does not help, connect again from your app.',
    };
  }
  if (error.code === 'server_error') {
    return {
      title: 'Something went wrong here',
      happened: 'It is not your fault, and nothing was granted.',
      help: 'Connect again from your app. If it happens again, give the trace id below to your administrator.',
    };
  }
  if (error.code === 'invalid_client') return byReason['unknown_client'] as Problem;
  return {
    title:
      error instanceof RefusedRequest
        ? 'This cannot be opened like that'
        : 'Your app sent a request that cannot be answered',
    happened: `${error.message}.`,
    help: `${startAgain} If it happens again, report this page to the maker of the app.`,
  };
}
