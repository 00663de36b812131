import type { SelfServiceDeps } from '../admin/deps.ts';

/** What it takes to look after API keys. */
export type KeyDeps = Pick<
  SelfServiceDeps,
  'stage' | 'servers' | 'clock' | 'entropy' | 'pepper' | 'audit' | 'apiKeys' | 'names' | 'revocations'
>;
