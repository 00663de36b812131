import type { Assembly } from './assembly.ts';
import { resolveIntrinsics } from './intrinsics.ts';
import { isLeftOut } from './left-out-types.ts';
import type { OriginMapping } from './origins.ts';
import { rewriteOrigins } from './origins.ts';
import type { CreatedResource } from './references.ts';
import { referencesOf, resourceOf } from './references.ts';
import { isCustom, supportedTypes } from './resource-types.ts';

export type Properties = Readonly<Record<string, unknown>>;

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
}

/** The stack as if it were deployed here: references resolve to physical ids, public origins to this machine's. */
export interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Resources of a type, conditions respected; a type that ends in `*` is a prefix. */
  resourcesOf(type: string): readonly StackResource[];
  /** Resources that this runner cannot run and does not leave out on purpose. */
  unsupported(): readonly StackResource[];
  /** Resolved properties. @throws Error where they need what is not created yet */
  properties(logicalId: string): Properties;
  /** One resolved property as text; empty where the template does not set it or sets something else. */
  property(logicalId: string, name: string): string;
  /** One environment variable of a function, apart from the others. */
  variable(logicalId: string, name: string): string;
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  /** Resolved outputs by name. */
  outputs(): Readonly<Record<string, string>>;
  /** From now on, texts name this machine's origins. */
  useOrigins(mappings: readonly OriginMapping[]): void;
  /** Tells the physical id and the attributes of a custom resource. */
  remember(logicalId: string, physicalId: string, attributes: Readonly<Record<string, unknown>>): void;
}

/** @param secretKey random, kept in the state folder: generated attributes such as client secrets derive from it */
export function openStack(assembly: Assembly, secretKey: Buffer): Stack {
  const { template, stackName: name, account, region } = assembly;
  const created = new Map<string, CreatedResource>();
  const references = referencesOf(assembly, secretKey, created);
  let origins: readonly OriginMapping[] = [];
  const resolve = (node: unknown): unknown => rewriteOrigins(resolveIntrinsics(node, references), origins);
  const propertiesOf = (logicalId: string): Properties => resourceOf(assembly, logicalId).Properties ?? {};
  const exists = (part: { readonly Condition?: string }): boolean =>
    part.Condition === undefined || references.condition(part.Condition);
  const present = (): StackResource[] =>
    Object.entries(template.Resources)
      .filter(([, resource]) => exists(resource))
      .map(([logicalId, resource]) => ({ logicalId, type: resource.Type }));

  return {
    name,
    account,
    region,
    resourcesOf: (type) => present().filter((resource) => matchesType(resource.type, type)),
    unsupported: () => present().filter((resource) => !isKnown(resource.type)),
    properties: (logicalId) => resolve(propertiesOf(logicalId)) as Properties,
    property: (logicalId, property) => textOrEmpty(resolve(propertiesOf(logicalId)[property])),
    variable: (logicalId, variable) => {
      const environment = propertiesOf(logicalId).Environment as { Variables?: Properties } | undefined;
      return textOrEmpty(resolve(environment?.Variables?.[variable]));
    },
    ref: (logicalId) => String(references.ref(logicalId)),
    attribute: (logicalId, attribute) => String(references.attribute(logicalId, attribute)),
    outputs: () =>
      Object.fromEntries(
        Object.entries(template.Outputs ?? {})
          .filter(([, output]) => exists(output))
          .map(([key, output]) => [key, String(resolve(output.Value))]),
      ),
    useOrigins: (mappings) => {
      origins = mappings;
    },
    remember: (logicalId, ref, attributes) => {
      created.set(logicalId, { ref, attributes });
    },
  };
}

function matchesType(type: string, pattern: string): boolean {
  return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

function isKnown(type: string): boolean {
  return type in supportedTypes || isLeftOut(type) || isCustom(type);
}

function textOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
