import type { NextStep } from '../core/authorize/interaction.ts';
import type { Desk } from './interaction-app.ts';
import { pageHeaders } from './page-response.ts';

/** Takes the browser to the next step of its authorization. */
export function proceed(step: NextStep, desk: Desk): Response {
  if (step.kind !== 'consent') return leave(step.url, desk);
  return leave(`${desk.issuer}/consent?transaction=${encodeURIComponent(step.transactionId)}`, desk);
}

/**
 * Redirects. Always 303, so that a browser never repeats a form at the next address (OAuth 2.1 §7.5.4, AS-50).
 * @param url ours, the identity provider's, or made by core of a matched redirect URI
 */
export function leave(url: string, { issuer }: Pick<Desk, 'issuer'>): Response {
  return new Response(null, { status: 303, headers: { Location: url, ...pageHeaders(issuer) } });
}
