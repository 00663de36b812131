/** A statement of the policy that an authorizer returns. */
interface Statement {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

export type Verdict = 'allow' | 'explicit deny' | 'implicit deny';

/**
 * Decides whether a policy lets a method be called: a matching Deny wins, then a matching Allow.
 * @returns undefined where the policy is malformed
 */
export function evaluatePolicy(policy: unknown, methodArn: string): Verdict | undefined {
  const statements = (policy as { Statement?: Statement | Statement[] } | undefined)?.Statement;
  if (statements === undefined) return undefined;
  const list = Array.isArray(statements) ? statements : [statements];
  if (list.some((statement) => !isWellFormed(statement))) return undefined;
  const matching = list.filter(
    (statement) => matches(statement.Action, 'execute-api:Invoke') && matches(statement.Resource, methodArn),
  );
  if (matching.some((statement) => statement.Effect === 'Deny')) return 'explicit deny';
  return matching.some((statement) => statement.Effect === 'Allow') ? 'allow' : 'implicit deny';
}

function isWellFormed(statement: Statement): boolean {
  const effect = statement.Effect === 'Allow' || statement.Effect === 'Deny';
  return effect && statement.Action !== undefined && statement.Resource !== undefined;
}

function matches(patterns: string | readonly string[] | undefined, value: string): boolean {
  return [patterns ?? []].flat().some((pattern) => wildcard(pattern).test(value));
}

/** `*` is any text, `?` one character. */
function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'si');
}
