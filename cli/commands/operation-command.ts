import type { AdminOperation, AdminResource } from '../../lambdas/contract/admin/operation.ts';
import { adminResources } from '../../lambdas/contract/admin/resources.ts';
import type { Command, Operand } from './command.ts';
import { operationFlags } from './operation-flags.ts';

/** The command of a row in the table of admin operations: `gatehouse clients create`. */
export function operationCommand(operation: AdminOperation): Command {
  const resource: AdminResource = adminResources[operation.resource];
  const operand = operandOf(operation, resource);
  return {
    words: [operation.resource, operation.verb],
    summary: operation.summary,
    about: aboutOf(operation),
    ...(operand && { operand }),
    flags: operationFlags(operation),
    async run(call) {
      const { runOperation } = await import('../admin/run-operation.ts');
      await runOperation(operation, call);
    },
  };
}

function operandOf({ path }: AdminOperation, { key = 'key', fields }: AdminResource): Operand | undefined {
  if (!path.includes('{key}')) return undefined;
  const label = fields.find(({ name }) => name === key)?.label ?? key;
  return { name: key.toUpperCase(), about: `${label}, as lists show it.` };
}

function aboutOf({ warning, method, answers, secretField }: AdminOperation): readonly string[] {
  return [
    ...(warning === undefined ? [] : [warning]),
    ...(method === 'PUT'
      ? [
          "What is not given stays as it is; --flag '' empties. If somebody else changes it meanwhile, nothing is written.",
        ]
      : []),
    ...(answers === 'created' && secretField !== undefined
      ? ['Prints the secret, and nothing else, on stdout: it is shown this once.']
      : []),
  ];
}
