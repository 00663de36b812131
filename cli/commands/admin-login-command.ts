import { credentialsPath } from '../admin/credentials-file.ts';
import { withLock } from '../admin/with-lock.ts';
import { adminResource, chosenIssuer, issuerText } from '../admin/issuer.ts';
import { signInFlags } from '../login/sign-in-flags.ts';
import type { Command } from './command.ts';

/** `gatehouse admin login` (F-D5). */
export const adminLoginCommand: Command = {
  words: ['admin', 'login'],
  summary: 'Sign in as an administrator',
  about: [
    'Signs you in at a Gatehouse that you administer and keeps the access in $XDG_CONFIG_HOME/gatehouse/credentials.json, readable by you alone. Who may only read gets that.',
  ],
  flags: [
    { name: 'url', type: 'text', about: 'Issuer to administer, such as https://mcp.example.com.' },
    { name: 'read-only', type: 'flag', about: 'Ask for no right to change anything.' },
    ...signInFlags,
  ],
  examples: [
    'gatehouse admin login --url http://localhost:8787',
    'gatehouse admin login --device --url https://mcp.example.com',
  ],
  async run({ flags, io }) {
    const [{ signIn, signInChoice }, { store, storedSignIn }] = await Promise.all([
      import('../login/sign-in.ts'),
      import('../admin/access-token.ts'),
    ]);
    const issuer = chosenIssuer(flags, io);
    const scope = flags['read-only'] === true ? 'gatehouse:admin:read' : 'gatehouse:admin';
    const wish = { issuer, resource: adminResource(issuer), scope };
    const { tokens, clientId } = await signIn(wish, signInChoice({ flags }), io);
    const kept = storedSignIn(tokens, clientId);
    const path = credentialsPath(io);
    await withLock(path, async () => store(path, issuer, kept));
    const rights = kept.scope.split(' ').includes('gatehouse:admin') ? 'read and change' : 'read';
    io.note(`Signed in at ${issuerText(issuer)}: you may ${rights}.`);
  },
};
