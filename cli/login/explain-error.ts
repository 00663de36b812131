import * as oauth from 'openid-client';
import { CommandError } from '../errors.ts';
import { unreachable } from './unreachable.ts';

/** What helps for what an authorization server says. */
const cures: Readonly<Record<string, string>> = {
  access_denied: 'Somebody said no, or may not have this. Start again to ask once more.',
  expired_token: 'Nobody answered in time. Start again.',
  invalid_client: 'Is --client-id right, and is it a client without a secret?',
  invalid_grant: 'Start again.',
  invalid_scope: 'Look at --scope.',
  invalid_target: 'Is this URL an MCP server of that authorization server?',
  unauthorized_client: 'This client may not do that. Leave --client-id out, or have the client registered for it.',
};

/** An error of the protocol, the network or the library, for people. @param happened @default the error's own words */
export function explainError(error: unknown, server: URL, happened?: string): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof oauth.AuthorizationResponseError || error instanceof oauth.ResponseBodyError) {
    const said = error.error_description ? `: ${error.error_description}` : '';
    return new CommandError(`The authorization server answers ${error.error}${said}`, {
      cure: cures[error.error],
      cause: error,
    });
  }
  if (isNetworkError(error)) return unreachable(server, error);
  const words = error instanceof Error ? error.message : String(error);
  return new CommandError(`${happened ?? 'The authorization server did something unexpected'} (${words}).`, {
    cause: error,
  });
}

function isNetworkError(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    // What fetch throws when nothing answers.
    if (each instanceof TypeError && each.message === 'fetch failed') return true;
    if (each.name === 'TimeoutError') return true;
  }
  return false;
}
