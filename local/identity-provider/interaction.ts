import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction, Provider } from 'oidc-provider';
import type { Account } from './account.ts';
import { readAccount } from './account.ts';
import { page, sendPage } from './page.ts';
import { signInPage } from './sign-in-page.ts';

const formLimit = 16 * 1024;

/**
 * Shows the sign-in page (GET) and takes its answer (POST).
 * @param action path of the page, as the browser knows it
 * @param remember takes who signed in
 */
export async function interact(
  provider: Provider,
  action: string,
  remember: (account: Account) => void,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let interaction: Interaction;
  try {
    // Also proves that this browser began the sign-in: the id in the path must be the one in its signed cookie.
    interaction = await provider.interactionDetails(request, response);
    if (!action.endsWith(`/${interaction.uid}`)) throw new Error('another sign-in of this browser');
  } catch {
    return sendPage(response, 400, goneAway);
  }
  if (request.method === 'GET' || request.method === 'HEAD') return sendPage(response, 200, signInPage(action));
  if (request.method !== 'POST') return void response.writeHead(405, { Allow: 'GET, POST' }).end();
  const form = await readForm(request);
  if (!form) return sendPage(response, 413, goneAway);
  const typed = form.get('name') ?? '';
  const account = readAccount(typed);
  const problem =
    typeof account === 'string' ? account : form.get('password') ? undefined : 'Type a password. Any password will do.';
  if (typeof account === 'string' || problem) {
    return sendPage(response, 400, signInPage(action, { typed: typed.slice(0, 64), problem: problem ?? '' }));
  }
  remember(account);
  const login = { accountId: account.sub, remember: false };
  const result = { [interaction.prompt.name]: {}, login };
  const location = await provider.interactionResult(request, response, result);
  await leaveOther(provider, interaction, account);
  response.writeHead(303, { Location: location, 'Cache-Control': 'no-store' }).end();
}

/** Signs another person out of this browser first; the provider would do it by a page that needs a script. */
async function leaveOther(provider: Provider, { session }: Interaction, { sub }: Account): Promise<void> {
  if (!session?.accountId || session.accountId === sub) return;
  const other = await provider.Session.findByUid(session.uid);
  if (!other) return;
  Object.assign(other, { accountId: undefined, authorizations: undefined });
  await other.persist();
}

const goneAway = page(
  'This sign-in has ended',
  '<p>It was finished already, took too long, or belongs to another browser. Go back to the app and start again.</p>',
);

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > formLimit) return undefined;
    chunks.push(chunk as Buffer);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
