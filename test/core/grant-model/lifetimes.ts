import { lifetimes as usual } from '../fixtures.ts';

/** So short an absolute lifetime that stories reach its end. */
export const lifetimes = { ...usual, refreshTokenAbsolute: usual.refreshTokenIdle + 86_400 };
