import type { FlagValues } from '../commands/command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { typedUrl } from '../login/judge-url.ts';
import { credentialsPath, readCredentials } from './credentials-file.ts';

/**
 * Which Gatehouse is meant: `--url`, GATEHOUSE_URL, or that of the last sign-in.
 * @throws UsageError if nothing says
 */
export function chosenIssuer(flags: FlagValues, io: Pick<Io, 'env'>): URL {
  const given = flags['url'] ?? (io.env['GATEHOUSE_URL'] || undefined);
  const text = typeof given === 'string' ? given : readCredentials(credentialsPath(io)).current;
  if (text === undefined) {
    throw new UsageError(
      'Which Gatehouse? Give --url https://…, set GATEHOUSE_URL, or run gatehouse admin login first.',
    );
  }
  const url = typedUrl(text, given === undefined ? 'The stored URL' : flags['url'] ? '--url' : 'GATEHOUSE_URL');
  if (url.search !== '') throw new UsageError('The URL of an issuer has no query.');
  return url;
}

/** As tokens and metadata spell it: without a slash at the end. */
export function issuerText(url: URL): string {
  return url.href.replace(/\/$/, '');
}

/** The admin API: a protected resource of its issuer. */
export function adminResource(issuer: URL): string {
  return `${issuerText(issuer)}/admin/api`;
}
