/** Where a reference leads; given by the stack. */
export interface Scope {
  /** @throws Error for a name that the template does not define */
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
}

/** What `AWS::NoValue` becomes: the property or list entry that holds it vanishes. */
export const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, resolve: (node: unknown) => unknown, scope: Scope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, _resolve, scope) => scope.ref(String(name)),
  'Fn::GetAtt': (argument, resolve, scope) => {
    const [logicalId, ...name] = Array.isArray(argument) ? argument.map(resolve) : text(argument).split('.');
    return scope.attribute(text(logicalId), name.map(text).join('.'));
  },
  'Fn::Join': (argument, resolve) => {
    const [separator, parts] = pair(argument);
    return list(resolve(parts)).map(text).join(text(separator));
  },
  'Fn::Sub': (argument, resolve, scope) => substitute(argument, resolve, scope),
  'Fn::Select': (argument, resolve) => {
    const [index, values] = pair(argument);
    const chosen = list(resolve(values))[Number(resolve(index))];
    if (chosen === undefined) throw new Error(`Fn::Select: no entry ${text(resolve(index))}`);
    return chosen;
  },
  'Fn::Split': (argument, resolve) => {
    const [separator, value] = pair(argument);
    return text(resolve(value)).split(text(separator));
  },
  'Fn::Base64': (argument, resolve) => Buffer.from(text(resolve(argument))).toString('base64'),
  'Fn::If': (argument, resolve, scope) => {
    const [name, whenTrue, whenFalse] = list(argument);
    return resolve(scope.condition(text(name)) ? whenTrue : whenFalse);
  },
  'Fn::FindInMap': (argument, resolve, scope) => {
    const [map, first, second] = list(argument).map(resolve).map(text);
    return scope.mapping(map ?? '', first ?? '', second ?? '');
  },
  'Fn::Equals': (argument, resolve) => {
    const [left, right] = list(argument).map(resolve);
    return left === right;
  },
  'Fn::And': (argument, resolve) => list(argument).map(resolve).every(Boolean),
  'Fn::Or': (argument, resolve) => list(argument).map(resolve).some(Boolean),
  'Fn::Not': (argument, resolve) => !resolve(list(argument)[0]),
  Condition: (name, _resolve, scope) => scope.condition(text(name)),
  'Fn::GetAZs': () => ['local-a', 'local-b', 'local-c'],
};

/**
 * Resolves every intrinsic function under `node`.
 * @throws Error naming an intrinsic that is not supported
 */
export function resolveIntrinsics(node: unknown, scope: Scope): unknown {
  const resolve = (value: unknown): unknown => resolveIntrinsics(value, scope);
  if (Array.isArray(node)) return node.map(resolve).filter((value) => value !== noValue);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [name, argument] = only as [string, unknown];
    // `Condition` is an intrinsic only where its value is a name: IAM statements have a member of the same name.
    const intrinsic = name === 'Condition' && typeof argument !== 'string' ? undefined : intrinsics[name];
    if (intrinsic) return intrinsic(argument, resolve, scope);
    if (name.startsWith('Fn::')) throw new Error(`the intrinsic function ${name} is not supported`);
  }
  return Object.fromEntries(
    entries.map(([key, value]) => [key, resolve(value)]).filter(([, value]) => value !== noValue),
  );
}

function substitute(argument: unknown, resolve: (node: unknown) => unknown, scope: Scope): string {
  const [template, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
  const own = variables as Record<string, unknown>;
  return text(template).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in own) return text(resolve(own[name]));
    const [logicalId = '', ...attribute] = name.split('.');
    return text(attribute.length > 0 ? scope.attribute(logicalId, attribute.join('.')) : scope.ref(name));
  });
}

function pair(argument: unknown): [unknown, unknown] {
  const [first, second] = list(argument);
  return [first, second];
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`expected a list, got ${JSON.stringify(value)}`);
  return value as unknown[];
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`expected a text, got ${JSON.stringify(value)}`);
}
