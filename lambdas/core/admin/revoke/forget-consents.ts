import type { SelfServiceDeps } from '../deps.ts';

/**
 * Deletes what a person allowed; a mark has ended it already, so that whatever is left behind counts no more.
 * @param by `client`: only what that client was allowed
 */
export async function forgetConsents(
  by: { readonly person: string; readonly client?: string },
  { consentList }: Pick<SelfServiceDeps, 'consentList'>,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const { items, next } = await consentList.list(by, { limit: 100, cursor });
    await Promise.all(items.map(({ sub, clientId, resource }) => consentList.remove(sub, clientId, resource)));
    cursor = next;
  } while (cursor !== undefined);
}
