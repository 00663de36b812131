/** Which groups of a person are kept. */
export interface KnownGroups {
  /** Claim of the ID token that lists them. */
  readonly claim: string;
  /** Those that give rights of administration. */
  readonly names: readonly string[];
}

/**
 * The person's groups that mean something here; all others are forgotten, so that a directory with hundreds of them
 * makes no session larger.
 * @param claims of the verified ID token; the groups as an array, or a text that is one group. A text is never taken
 *   apart: whoever may name a group `x,admins` must not become a member of `admins` by it
 */
export function groupsIn(claims: Readonly<Record<string, unknown>>, known: KnownGroups): readonly string[] {
  const value = Object.hasOwn(claims, known.claim) ? claims[known.claim] : undefined;
  const groups: readonly unknown[] = Array.isArray(value) ? value : [value];
  return known.names.filter((name) => groups.includes(name));
}
