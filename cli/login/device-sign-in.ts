import * as oauth from 'openid-client';
import { CommandError } from '../errors.ts';
import type { Io } from '../io.ts';
import { plain } from '../output/plain.ts';
import { explainError } from './explain-error.ts';
import { toldUrl } from './judge-url.ts';
import type { SignInChoice, TokenAnswer, Wish } from './sign-in.ts';
import { withDeadline } from './with-deadline.ts';

/** The person signs in on another device (RFC 8628). @throws CommandError */
export async function deviceSignIn(
  config: oauth.Configuration,
  { issuer, resource, scope }: Wish,
  { timeout }: SignInChoice,
  io: Io,
): Promise<TokenAnswer> {
  if (config.serverMetadata().device_authorization_endpoint === undefined) {
    throw new CommandError(`${issuer.href} signs nobody in on another device.`, { cure: 'Leave --device out.' });
  }
  const given = new AbortController();
  const signal = AbortSignal.any([given.signal, io.interrupted]);
  try {
    const asked = await oauth.initiateDeviceAuthorization(config, { resource, ...(scope !== undefined && { scope }) });
    tell(asked, issuer, io);
    const polling = oauth.pollDeviceAuthorizationGrant(config, asked, { resource }, { signal });
    // Nobody listens to it any more once the time is over.
    polling.catch(() => undefined);
    return await withDeadline(polling, timeout, io.interrupted);
  } catch (error) {
    throw explainError(error, issuer);
  } finally {
    given.abort();
  }
}

function tell(asked: oauth.DeviceAuthorizationResponse, issuer: URL, io: Io): void {
  const page = toldUrl(asked.verification_uri, 'verification address', issuer);
  io.note(`Open ${plain(page.href)} on any device and enter the code:\n\n  ${plain(asked.user_code)}\n`);
  if (asked.verification_uri_complete !== undefined) {
    const complete = toldUrl(asked.verification_uri_complete, 'verification address', issuer);
    io.note(`With the code filled in: ${plain(complete.href)}`);
  }
  io.note('Waiting …');
}
