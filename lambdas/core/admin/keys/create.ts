import { apiKeyRows } from '../../api-keys/api-key-row.ts';
import { createApiKey } from '../../api-keys/create-api-key.ts';
import { keyInputOf } from '../../api-keys/key-input.ts';
import type { AdminHandler } from '../admin-handler.ts';

/** `keys.create`: a key that stands for a program, and that ends with the access of who made it. */
export const createKey: AdminHandler = async ({ input, idempotencyKey }, { sub, email, begunAt }, deps) => {
  const maker = { owner: sub, email, actsAs: 'program', idempotencyKey, begunAt } as const;
  const { key, secret } = await createApiKey(keyInputOf(input), maker, deps);
  const [row] = await apiKeyRows([key], deps);
  return { ...row, secret };
};
