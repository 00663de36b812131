import type { ClientSecrets } from '../core/ports/client-secrets.ts';

/** Secrets of machine clients in Secrets Manager. @param prefix of their names, with a trailing slash */
export function clientSecrets(prefix: string): ClientSecrets {
  return {
    put: () => Promise.reject(new Error(`${prefix} cannot be written yet`)),
    remove: () => Promise.resolve(),
  };
}
