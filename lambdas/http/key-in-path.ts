import { readPathValue } from '../contract/admin/path-value.ts';

/**
 * Holds a path against a template of which one segment may be `{key}`.
 * @returns the key, decoded; empty if the template has none; undefined if the path is another one, or its key is none
 */
export function keyInPath(template: string, path: string): string | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  if (!wanted.every((part, index) => part === '{key}' || part === given[index])) return undefined;
  const at = wanted.indexOf('{key}');
  return at < 0 ? '' : readPathValue(given[at] ?? '');
}
