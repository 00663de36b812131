import { randomBytes } from 'node:crypto';
import type { Clock } from '../core/ports/clock.ts';
import type { Entropy } from '../core/ports/entropy.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => Math.floor(Date.now() / 1000) };

/** The machine's cryptographic randomness. */
export const systemEntropy: Entropy = { token: (bytes) => randomBytes(bytes).toString('base64url') };
