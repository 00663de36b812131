import { conditionsHold } from './conditions.ts';
import type { AccessRequest } from './request.ts';
import type { Statement } from './statement.ts';
import { readStatement } from './statement.ts';
import { matchesWildcard } from './wildcard.ts';

export interface Role {
  /** Whether the role's statements let the call through: one must allow it and none may deny it. */
  allows(request: AccessRequest): boolean;
  /** Whether a statement denies it, which no resource policy outweighs. */
  denies(request: AccessRequest): boolean;
}

/**
 * A role made of its identity-based policies. Boundaries are not looked at; for resource policies see `Service.verdict`.
 * @param note takes, once each, a sentence about what cannot be judged here
 */
export function createRole(statements: readonly unknown[], note: (line: string) => void): Role {
  const noted = new Set<string>();
  const noteOnce = (line: string): void => {
    if (!noted.has(line)) note(line);
    noted.add(line);
  };
  const readable = statements.map(readStatement).filter((statement): statement is Statement => {
    if (typeof statement === 'string') noteOnce(`${statement} is not supported on this machine and is left out`);
    return typeof statement !== 'string';
  });
  const has = (wanted: Statement['effect'], request: AccessRequest): boolean =>
    readable.some((statement) => statement.effect === wanted && matches(statement, request, noteOnce));
  return {
    allows: (request) => has('Allow', request) && !has('Deny', request),
    denies: (request) => has('Deny', request),
  };
}

function matches(statement: Statement, request: AccessRequest, note: (line: string) => void): boolean {
  return (
    statement.actions.some((pattern) => matchesWildcard(pattern, request.action, true)) &&
    statement.resources.some((pattern) => matchesResource(pattern, request.resource)) &&
    conditionsHold(statement.conditions, request.context ?? {}, note)
  );
}

/** Tables are known by name: the template may be synthesized for any account and region. */
function matchesResource(pattern: string, resource: string): boolean {
  const parts = pattern.split(':');
  if (resource.startsWith('arn:aws:dynamodb:') && parts.length >= 6 && matchesWildcard(parts[2] ?? '', 'dynamodb')) {
    return matchesWildcard(afterAccount(pattern), afterAccount(resource));
  }
  return matchesWildcard(pattern, resource);
}

function afterAccount(arn: string): string {
  return arn.split(':').slice(5).join(':');
}
