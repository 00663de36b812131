import { credentialsPath, readCredentials, writeCredentials } from '../admin/credentials-file.ts';
import { chosenIssuer, issuerText } from '../admin/issuer.ts';
import { withLock } from '../admin/with-lock.ts';
import type { Command } from './command.ts';

/** `gatehouse admin logout`: ends the access at the server too. */
export const adminLogoutCommand: Command = {
  words: ['admin', 'logout'],
  summary: 'End the access of gatehouse admin login and forget it',
  flags: [{ name: 'url', type: 'text', about: 'Issuer to leave. That of the last sign-in unless given.' }],
  async run({ flags, io }) {
    const issuer = chosenIssuer(flags, io);
    const name = issuerText(issuer);
    const path = credentialsPath(io);
    const gone = await withLock(path, async () => {
      const { current, signIns } = readCredentials(path);
      const { [name]: found, ...others } = signIns;
      if (!found) return undefined;
      writeCredentials(path, { ...(current !== undefined && current !== name && { current }), signIns: others });
      return found;
    });
    if (!gone) return io.note(`You were not signed in at ${name}.`);
    const { revokeSignIn } = await import('../admin/revoke-sign-in.ts');
    await revokeSignIn(issuer, gone, io);
    io.note(`Signed out at ${name}.`);
  },
};
