import type { Flag } from '../commands/command.ts';
import { defaultPort } from './redirect-uri.ts';

/** Flags of every command that signs somebody in. */
export const signInFlags: readonly Flag[] = [
  { name: 'device', type: 'flag', about: 'Sign in on another device: for a machine without a browser.' },
  { name: 'no-browser', type: 'flag', about: 'Print the address instead of opening it.' },
  {
    name: 'port',
    type: 'integer',
    about: `Port of 127.0.0.1 that the browser comes back to; 0: any. ${defaultPort} unless given.`,
  },
  { name: 'client-id', type: 'text', value: 'ID', about: 'A registered client. Unless given, one is registered.' },
  { name: 'timeout', type: 'integer', value: 'SECONDS', about: 'How long to wait for the person. 300 unless given.' },
];
