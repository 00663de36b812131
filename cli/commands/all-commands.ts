import { adminOperations } from '../../lambdas/contract/admin/index.ts';
import type { AdminResource } from '../../lambdas/contract/admin/operation.ts';
import { adminResources } from '../../lambdas/contract/admin/resources.ts';
import { adminLoginCommand } from './admin-login-command.ts';
import { adminLogoutCommand } from './admin-logout-command.ts';
import type { Command, Topic } from './command.ts';
import { completionCommand } from './completion-command.ts';
import { loginCommand } from './login-command.ts';
import { operationCommand } from './operation-command.ts';

const resources: readonly AdminResource[] = Object.values(adminResources);

/** First words that have commands below them, in the order of help: who signs in, then what is administered. */
export const topics: readonly Topic[] = [
  { word: 'admin', title: 'Administrators', about: 'Sign in to administer with the commands below.' },
  ...resources.map(({ id, title, about }) => ({ word: id, title, about })),
];

/** Everything that can be typed: our own, and one command for each row of the table of admin operations (F-D5). */
export const commands: readonly Command[] = [
  loginCommand,
  completionCommand,
  adminLoginCommand,
  adminLogoutCommand,
  ...adminOperations.map(operationCommand),
];
