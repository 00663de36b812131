import * as oauth from 'openid-client';
import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';
import { authorizationServer } from '../login/authorization-server.ts';
import { explainError } from '../login/explain-error.ts';
import type { StoredSignIn } from './credentials-file.ts';
import { credentialsPath, readCredentials, writeCredentials } from './credentials-file.ts';
import { adminResource, issuerText } from './issuer.ts';
import { withLock } from './with-lock.ts';

/** Seconds before its end at which a token is not used any more. */
const margin = 30;

/**
 * An access token for the admin API: from GATEHOUSE_TOKEN, or the stored one, refreshed if it is about to end.
 * @param refused a token that the API did not take; it is not given again
 * @throws CommandError if nobody is signed in, or not any more
 */
export async function accessToken(issuer: URL, io: Io, refused?: string): Promise<string> {
  const given = io.env['GATEHOUSE_TOKEN'];
  if (given !== undefined && given !== '') {
    if (refused === undefined) return given;
    throw new CommandError('The token in GATEHOUSE_TOKEN is not taken.', {
      cure: 'Unset it, or give one that is valid.',
    });
  }
  const path = credentialsPath(io);
  const now = stored(path, issuer);
  if (isGood(now, refused)) return now.accessToken;
  return withLock(path, async () => {
    // Another process may have refreshed it while we waited.
    const current = stored(path, issuer);
    if (isGood(current, refused)) return current.accessToken;
    const fresh = await refresh(issuer, current, io);
    store(path, issuer, fresh);
    return fresh.accessToken;
  });
}

/** Keeps a sign-in and makes it the current one. */
export function store(path: string, issuer: URL, signIn: StoredSignIn): void {
  const current = issuerText(issuer);
  const { signIns } = readCredentials(path);
  writeCredentials(path, { current, signIns: { ...signIns, [current]: signIn } });
}

/** What is kept of an answer of the token endpoint. @param before what it replaces */
export function storedSignIn(
  tokens: oauth.TokenEndpointResponse,
  clientId: string,
  before?: StoredSignIn,
): StoredSignIn {
  const refreshToken = tokens.refresh_token ?? before?.refreshToken;
  return {
    clientId,
    accessToken: tokens.access_token,
    ...(refreshToken !== undefined && { refreshToken }),
    expiresAt: Math.floor(Date.now() / 1000) + (tokens.expires_in ?? 300),
    scope: tokens.scope ?? before?.scope ?? '',
  };
}

function isGood(signIn: StoredSignIn, refused: string | undefined): boolean {
  return signIn.accessToken !== refused && signIn.expiresAt > Date.now() / 1000 + margin;
}

function stored(path: string, issuer: URL): StoredSignIn {
  const found = readCredentials(path).signIns[issuerText(issuer)];
  if (!found) throw new CommandError(`You are not signed in at ${issuerText(issuer)}.`, { cure: cureOf(issuer) });
  return found;
}

async function refresh(issuer: URL, before: StoredSignIn, io: Io): Promise<StoredSignIn> {
  if (before.refreshToken === undefined) throw ended(issuer);
  const config = await authorizationServer(issuer, before.clientId, io.interrupted);
  try {
    const tokens = await oauth.refreshTokenGrant(config, before.refreshToken, { resource: adminResource(issuer) });
    return storedSignIn(tokens, before.clientId, before);
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError && error.status < 500 && error.status !== 429)
      throw ended(issuer, error);
    throw explainError(error, issuer);
  }
}

function ended(issuer: URL, cause?: unknown): CommandError {
  return new CommandError(`Your sign-in at ${issuerText(issuer)} has ended.`, { cure: cureOf(issuer), cause });
}

function cureOf(issuer: URL): string {
  return `Sign in: gatehouse admin login --url ${issuerText(issuer)}`;
}
