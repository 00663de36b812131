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
 * @param claims of the verified ID token; the groups as an array, or as a text with spaces or commas between
 */
export function groupsIn(claims: Readonly<Record<string, unknown>>, known: KnownGroups): readonly string[] {
  const value = Object.hasOwn(claims, known.claim) ? claims[known.claim] : undefined;
  const groups: readonly unknown[] = typeof value === 'string' ? [value, ...value.split(/[\s,]+/)] : arrayOf(value);
  return known.names.filter((name) => groups.includes(name));
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
