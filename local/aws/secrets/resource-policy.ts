import type { AccessRequest } from '../iam/request.ts';
import { readStatement } from '../iam/statement.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import { AwsError, localAccount } from '../service.ts';

interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly principals: readonly string[];
}

const arn = /^arn:aws[\w-]*:(iam|sts)::(\d{12}):(.+)$/;

/**
 * Reads a resource policy: statements with principals of AWS and without conditions.
 * @throws AwsError MalformedPolicyDocumentException
 */
function readPolicy(text: string): readonly PolicyStatement[] {
  const policy = parse(text) as { readonly Statement?: unknown };
  const statements = Array.isArray(policy?.Statement) ? (policy.Statement as unknown[]) : [policy?.Statement];
  return statements.map((raw) => {
    if (typeof raw !== 'object' || raw === null) throw malformed('it has no statement');
    const statement = readStatement(raw);
    if (typeof statement === 'string') throw malformed(`${statement} is not supported on this machine`);
    if (Object.keys(statement.conditions).length > 0) throw malformed('conditions are not supported on this machine');
    const { effect, actions } = statement;
    return { effect, actions, principals: principalsOf((raw as { Principal?: unknown }).Principal) };
  });
}

/**
 * Judges a policy before it is stored, as AWS does: whoever it names must exist.
 * @param exists whether this account has a role of that ARN; other accounts are not known here
 * @throws AwsError
 */
export function judgePolicy(text: string, blockPublic: boolean, exists: (roleArn: string) => boolean): void {
  for (const { effect, principals } of readPolicy(text)) {
    if (blockPublic && effect === 'Allow' && principals.includes('*')) {
      throw new AwsError('PublicPolicyException', 'This policy grants broad access. BlockPublicPolicy forbids it.');
    }
    for (const principal of principals) {
      const [, , account, rest] = arn.exec(principal) ?? [];
      const isKnown = account === localAccount && rest !== 'root' ? exists(principal) : account !== undefined;
      if (principal !== '*' && !isKnown) throw malformed('This resource policy contains an unsupported principal.');
    }
  }
}

/** What a stored policy says. An account's root stands for what that account's own policies allow, so it adds nothing. */
export function policyVerdict(
  text: string,
  { action }: AccessRequest,
  principal: string,
): 'Allow' | 'Deny' | undefined {
  const fitting = readPolicy(text).filter(
    ({ actions, principals }) =>
      actions.some((pattern) => matchesWildcard(pattern, action, true)) &&
      principals.some((name) => name === '*' || name === principal),
  );
  if (fitting.some(({ effect }) => effect === 'Deny')) return 'Deny';
  return fitting.length > 0 ? 'Allow' : undefined;
}

function principalsOf(principal: unknown): readonly string[] {
  if (principal === '*') return ['*'];
  const own = typeof principal === 'object' && principal !== null ? (principal as { AWS?: unknown }).AWS : undefined;
  const names = (Array.isArray(own) ? own : [own]).filter((name) => typeof name === 'string');
  if (names.length === 0) throw malformed('a statement names no principal of AWS');
  return names.map((name) => (/^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('it is no JSON');
  }
}

function malformed(problem: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', problem);
}
