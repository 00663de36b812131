import type { ResourceNode } from './model.ts';

export interface Match {
  readonly resource: ResourceNode;
  /** Decoded path parameters; `{proxy+}` keeps its slashes. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Finds the resource of a path as API Gateway does: a literal segment wins over `{name}`, `{name}` over `{name+}`,
 * and only resources with a method count. A trailing slash makes no difference.
 * @param path without the stage
 */
export function matchResource(root: ResourceNode, path: string): Match | undefined {
  const segments = path.replace(/^\//, '').replace(/\/$/, '').split('/');
  return descend(root, segments[0] === '' && segments.length === 1 ? [] : segments, {});
}

function descend(
  node: ResourceNode,
  segments: readonly string[],
  parameters: Record<string, string>,
): Match | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return node.methods.size > 0 ? { resource: node, parameters } : undefined;
  for (const child of node.children.filter((candidate) => candidate.part === decoded(segment))) {
    const found = descend(child, rest, parameters);
    if (found) return found;
  }
  for (const child of node.children.filter((candidate) => /^\{[^+]+\}$/.test(candidate.part))) {
    const found =
      segment === '' ? undefined : descend(child, rest, { ...parameters, [nameOf(child)]: decoded(segment) });
    if (found) return found;
  }
  const greedy = node.children.find((candidate) => candidate.part.endsWith('+}') && candidate.methods.size > 0);
  if (!greedy) return undefined;
  return { resource: greedy, parameters: { ...parameters, [nameOf(greedy)]: segments.map(decoded).join('/') } };
}

function nameOf(node: ResourceNode): string {
  return node.part.replace(/^\{|\+?\}$/g, '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
