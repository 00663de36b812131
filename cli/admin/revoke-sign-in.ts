import * as oauth from 'openid-client';
import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';
import { authorizationServer } from '../login/authorization-server.ts';
import { explainError } from '../login/explain-error.ts';
import type { StoredSignIn } from './credentials-file.ts';

/**
 * Ends access at the server (RFC 7009).
 * @throws CommandError if the server could not be told: the access is forgotten here and ends there by itself
 */
export async function revokeSignIn(issuer: URL, signIn: StoredSignIn, io: Io): Promise<void> {
  try {
    const config = await authorizationServer(issuer, signIn.clientId, io.interrupted);
    await oauth.tokenRevocation(config, signIn.refreshToken ?? signIn.accessToken);
  } catch (error) {
    const { message } = explainError(error, issuer);
    throw new CommandError(`The sign-in was forgotten here, but could not be ended there. ${message}`, {
      cause: error,
    });
  }
}
