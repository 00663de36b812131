import type * as oauth from 'openid-client';
import type { Call } from '../commands/command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { authorizationServer } from './authorization-server.ts';
import { codeSignIn } from './code-sign-in.ts';
import { deviceSignIn } from './device-sign-in.ts';
import { defaultPort } from './redirect-uri.ts';

/** What the person chose about how to sign in. */
export interface SignInChoice {
  readonly clientId: string | undefined;
  /** On another device (RFC 8628). */
  readonly device: boolean;
  readonly browser: boolean;
  /** 0: any. */
  readonly port: number;
  /** Seconds. */
  readonly timeout: number;
}

/** What to ask for. */
export interface Wish {
  readonly issuer: URL;
  /** Resource indicator (RFC 8707). */
  readonly resource: string;
  /** Absent: what the server gives of itself. */
  readonly scope: string | undefined;
}

export type TokenAnswer = oauth.TokenEndpointResponse & oauth.TokenEndpointResponseHelpers;

/** @throws UsageError for a port that there is not */
export function signInChoice({ flags }: Pick<Call, 'flags'>): SignInChoice {
  const port = typeof flags['port'] === 'number' ? flags['port'] : defaultPort;
  if (port > 65_535) throw new UsageError('--port must be a port: 0 to 65535.');
  const timeout = typeof flags['timeout'] === 'number' ? flags['timeout'] : 300;
  if (timeout < 1 || timeout > 86_400) throw new UsageError('--timeout must be 1 to 86400 seconds.');
  return {
    clientId: typeof flags['client-id'] === 'string' ? flags['client-id'] : undefined,
    device: flags['device'] === true,
    browser: flags['no-browser'] !== true,
    port,
    timeout,
  };
}

/** Signs a person in and gets tokens. @throws CommandError */
export async function signIn(
  wish: Wish,
  choice: SignInChoice,
  io: Io,
): Promise<{ readonly tokens: TokenAnswer; readonly clientId: string }> {
  const config = await authorizationServer(wish.issuer, choice.clientId, io.interrupted);
  const tokens = await (choice.device ? deviceSignIn : codeSignIn)(config, wish, choice, io);
  return { tokens, clientId: config.clientMetadata().client_id };
}
