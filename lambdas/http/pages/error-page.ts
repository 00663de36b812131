import type { OAuthError } from '../../core/errors.ts';
import { clientCures } from './client-cures.ts';
import { html } from './html.ts';
import type { Page } from './layout.ts';
import { likelyClients } from './likely-clients.ts';
import { ownProblemOf } from './own-problem.ts';
import { plainText } from './plain-text.ts';
import { problemOf } from './problem.ts';

export interface ErrorDetails {
  readonly error: OAuthError;
  readonly traceId: string;
  /** Absolute URL of the page that explains the code. */
  readonly errorUri: string;
  /** As it was sent. */
  readonly clientId?: string;
  /** As it was sent; shown as text, never as a link. */
  readonly redirectUri?: string;
  /** Address at which to sign in again, for dead ends on the way to our own pages. */
  readonly signIn?: string;
}

/** A dead end that helps: what happened, what to do, and what an administrator needs to look it up. */
export function errorPage(details: ErrorDetails): Page {
  const { error, traceId, errorUri, signIn } = details;
  const problem = signIn === undefined ? problemOf(error) : ownProblemOf(error);
  const isForgotten = error.code === 'invalid_client' && !error.reason.startsWith('metadata_');
  const likely = isForgotten ? likelyClients(details.redirectUri) : [];
  return {
    title: problem.title,
    content: html`<h1>${problem.title}</h1>
      <p>${problem.happened}</p>
      ${likely.length > 0 && html`<p>By its return address it looks like <strong>${likely.join(' or ')}</strong>.</p>`}
      <h2>What to do</h2>
      <p>${problem.help}</p>
      ${isForgotten && clientCures(likely)} ${signIn !== undefined && html`<p><a href="${signIn}">Sign in</a></p>`}
      <h2>Details</h2>
      <dl>
        ${row('Error', html`<a href="${errorUri}"><code>${error.code}</code></a>`)}
        ${problem.happened !== `${error.message}.` && row('Reason', error.message)}
        ${details.clientId !== undefined && row('Client ID', html`<bdi>${plainText(details.clientId, 200)}</bdi>`)}
        ${details.redirectUri !== undefined && row('Return address', html`<bdi>${plainText(details.redirectUri, 300)}</bdi>`)}
        ${row('Trace ID', html`<code>${traceId}</code>`)}
      </dl>`,
  };
}

function row(term: string, description: Parameters<typeof html>[1]) {
  return html`<dt>${term}</dt>
    <dd>${description}</dd>`;
}
