/** What a credential may touch below a server, as tools check it (F-B1, F-E5). */
export interface PathNarrowing {
  /** Paths such as `workspace/acme/project/x`. Undefined: not narrowed. */
  readonly paths: readonly string[] | undefined;
  /**
   * Whether something may be touched. Where the credential is narrowed, a path in another spelling (with `..`, a
   * leading slash, an empty segment) is never within: make it plain before you ask.
   */
  readonly allows: (path: string) => boolean;
}

/** The name of the type of `authorization_details` (RFC 9396 §2) that narrows a token to paths. */
export const pathDetailType = 'mcp_paths';

/** Characters of a path. */
const longest = 512;
/** Paths of one credential, and bytes of their JSON: the guard hands them on whole, within what API Gateway takes. */
const most = 20;
const largest = 4096;

/** @param paths undefined: not narrowed; empty: narrowed to nothing */
export function pathNarrowing(paths: readonly string[] | undefined): PathNarrowing {
  return { paths, allows: (path) => paths === undefined || isWithin(paths, path) };
}

/** Whether a path is one of `paths` or lies below one, at the boundary of a segment: `a/b` is not above `a/bc`. */
export function isWithin(paths: readonly string[], path: string): boolean {
  return pathProblem(path) === undefined && paths.some((above) => path === above || path.startsWith(`${above}/`));
}

/** What is wrong with a path, in words; undefined if nothing is. */
export function pathProblem(path: string): string | undefined {
  if (path.length > longest) return `is longer than ${longest} characters`;
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(path)) return 'has a control character';
  // Whoever decodes or joins it later must not come out elsewhere.
  if (path.includes('\\') || /%(?:2e|2f|5c|00)/i.test(path)) return 'has a backslash or an escaped dot or slash';
  const segments = path.split('/');
  if (segments.some((segment) => segment.trim() === '')) return 'has an empty segment; write it as workspace/acme';
  return segments.some((segment) => ['.', '..'].includes(segment.trim())) ? 'has a segment . or ..' : undefined;
}

/** What is wrong with the paths of a credential, in words; undefined if nothing is. */
export function pathsProblem(paths: readonly string[]): string | undefined {
  if (paths.length > most) return `more than ${most} paths`;
  if (new TextEncoder().encode(JSON.stringify(paths)).length > largest) return `longer than ${largest} bytes together`;
  const index = paths.findIndex((path) => pathProblem(path) !== undefined);
  return index < 0 ? undefined : `path ${index + 1} ${pathProblem(paths[index] ?? '')}`;
}
