import { findResource } from '../login/find-resource.ts';
import { typedUrl } from '../login/judge-url.ts';
import { signInFlags } from '../login/sign-in-flags.ts';
import { plainJson, plain } from '../output/plain.ts';
import type { Command } from './command.ts';

/** `gatehouse login URL` (F-B7). */
export const loginCommand: Command = {
  words: ['login'],
  summary: 'Sign in for an MCP server and print an access token',
  about: [
    'Finds out from the URL of an MCP server who gives tokens for it, signs you in there in a browser, and prints the access token, and nothing else, on stdout. Nothing is stored.',
  ],
  operand: { name: 'URL', about: 'URL of the MCP server.' },
  flags: [
    {
      name: 'scope',
      type: 'text',
      about: 'Scopes to ask for, with blanks between. What the server asks for unless given.',
    },
    { name: 'json', type: 'flag', about: 'Print the whole answer of the token endpoint.' },
    ...signInFlags,
  ],
  examples: [
    'gatehouse login http://localhost:8787/mcp',
    'TOKEN=$(gatehouse login --scope todo:read https://mcp.example.com/mcp)',
    'gatehouse login --device https://mcp.example.com/mcp',
  ],
  async run({ operand, flags, io }) {
    // openid-client is for those who sign in: --help and completion need not wait for it.
    const { signIn, signInChoice } = await import('../login/sign-in.ts');
    const choice = signInChoice({ flags });
    const found = await findResource(typedUrl(operand, 'URL'), io.interrupted);
    const scope = typeof flags['scope'] === 'string' ? flags['scope'] : found.scope;
    const { tokens } = await signIn({ ...found, scope }, choice, io);
    io.out(flags['json'] === true ? plainJson({ ...tokens }) : plain(tokens.access_token));
  },
};
