import type { IdJag } from './id-jag.ts';

/**
 * The subject here of a person at a trusted issuer. People of the provider where Gatehouse itself signs people in keep
 * their name, so that both ways lead to the same person; those of others get their issuer before it, because two
 * issuers may give the same name to two people (OIDC Core §5.7).
 */
export function subjectOf({ issuer, subject }: IdJag, upstreamIssuer: string): string {
  return issuer === upstreamIssuer ? subject : `${issuer}|${subject}`;
}
