import type { ClientAuthMethod } from '../client.ts';

/**
 * Every supported way of client authentication, by name, so that metadata need not carry the code of any. The same as
 * `clientAuthentications`, in the same order.
 */
export const authMethodNames: readonly ClientAuthMethod[] = [
  'none',
  'client_secret_basic',
  'client_secret_post',
  'private_key_jwt',
];
