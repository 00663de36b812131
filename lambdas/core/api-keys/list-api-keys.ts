import type { Page, PageRequest } from '../page.ts';
import type { ApiKeyRow } from './api-key-row.ts';
import { apiKeyRows } from './api-key-row.ts';
import type { KeyDeps } from './key-deps.ts';

/**
 * API keys, newest first, with those that ended (F-B4).
 * @param by `owner`: subject of a person. @default everybody's
 * @throws OAuthError invalid_request for a cursor of another list
 */
export async function listApiKeys(
  by: { readonly owner?: string },
  page: PageRequest,
  deps: Pick<KeyDeps, 'apiKeys' | 'revocations' | 'clock' | 'stage'>,
): Promise<Page<ApiKeyRow>> {
  const { items, ...rest } = await deps.apiKeys.list(by, page);
  return { ...rest, items: await apiKeyRows(items, deps) };
}
