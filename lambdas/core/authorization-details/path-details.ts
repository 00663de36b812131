import type { AuthorizationDetail } from '../authorization-request.ts';
import { OAuthError } from '../errors.ts';
import { pathDetailType, pathsProblem } from '../resource/path-narrowing.ts';

/** Members of a detail of the type `mcp_paths`. Another one could be a limit that nobody keeps. */
const members = ['type', 'paths', 'locations'];

/**
 * What is wrong with a detail that narrows a token to paths (F-E5): `{"type":"mcp_paths","paths":["workspace/acme"]}`.
 * @returns undefined if nothing is, or if it is of another type
 */
export function pathDetailProblem(detail: AuthorizationDetail): string | undefined {
  if (detail.type !== pathDetailType) return undefined;
  const { paths } = detail;
  const unknown = Object.keys(detail).find((name) => !members.includes(name));
  if (unknown !== undefined) return `mcp_paths has the members ${members.join(', ')} and no other`;
  // An empty list could be taken for everything as well as for nothing.
  if (!isTexts(paths) || paths.length === 0) return 'paths of mcp_paths must be an array with at least one path';
  const problem = pathsProblem(paths);
  return problem === undefined ? undefined : `paths of mcp_paths: ${problem}`;
}

/**
 * The paths to which a token is narrowed: each detail of the type allows some.
 * @returns undefined: it is not narrowed
 * @throws OAuthError invalid_token if a detail of the type is not what requests may have: nobody knows what it allows
 */
export function pathsIn(details: readonly AuthorizationDetail[] | undefined): readonly string[] | undefined {
  const narrowing = (details ?? []).filter(({ type }) => type === pathDetailType);
  if (narrowing.length === 0) return undefined;
  const problem = narrowing.map(pathDetailProblem).find((found) => found !== undefined);
  if (problem !== undefined) throw new OAuthError('invalid_token', problem, { reason: 'mcp_paths' });
  return [...new Set(narrowing.flatMap(({ paths }) => paths as readonly string[]))];
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
