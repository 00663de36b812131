import { createHash, createHmac } from 'node:crypto';
import type { Assembly, TemplateResource } from './assembly.ts';
import type { Scope } from './intrinsics.ts';
import { noValue, resolveIntrinsics } from './intrinsics.ts';
import { isLeftOut } from './left-out-types.ts';
import type { OriginMapping } from './origins.ts';
import { rewriteOrigins } from './origins.ts';
import type { ResourceView } from './resource-types.ts';
import { supportedTypes } from './resource-types.ts';

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
  const created = new Map<string, { ref: string; attributes: Readonly<Record<string, unknown>> }>();
  let origins: readonly OriginMapping[] = [];

  const stack: Stack = {
    name,
    account,
    region,
    resourcesOf: (type) =>
      present().filter((resource) =>
        type.endsWith('*') ? resource.type.startsWith(type.slice(0, -1)) : resource.type === type,
      ),
    unsupported: () => present().filter((resource) => !isKnown(resource.type)),
    properties: (logicalId) => resolve(resourceOf(logicalId).Properties ?? {}) as Properties,
    property: (logicalId, property) => textOrEmpty(resolve(resourceOf(logicalId).Properties?.[property])),
    variable: (logicalId, variable) => {
      const environment = resourceOf(logicalId).Properties?.Environment as { Variables?: Properties } | undefined;
      return textOrEmpty(resolve(environment?.Variables?.[variable]));
    },
    ref: (logicalId) => String(scope.ref(logicalId)),
    attribute: (logicalId, attribute) => String(scope.attribute(logicalId, attribute)),
    outputs: () =>
      Object.fromEntries(
        Object.entries(template.Outputs ?? {})
          .filter(([, output]) => !output.Condition || scope.condition(output.Condition))
          .map(([key, output]) => [key, String(resolve(output.Value))]),
      ),
    useOrigins: (mappings) => {
      origins = mappings;
    },
    remember: (logicalId, ref, attributes) => {
      created.set(logicalId, { ref, attributes });
    },
  };

  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::StackName': name,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${name}/local`,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NoValue': noValue,
    'AWS::NotificationARNs': [],
  };

  const scope: Scope = {
    ref(reference) {
      if (Object.hasOwn(pseudo, reference)) return pseudo[reference];
      const parameter = template.Parameters?.[reference];
      if (parameter) return parameter.Default ?? '';
      const { Type } = resourceOf(reference);
      if (isCustom(Type)) return createdOf(reference).ref;
      return (supportedTypes[Type]?.ref ?? fallbackRef)(view(reference));
    },
    attribute(logicalId, attribute) {
      const { Type } = resourceOf(logicalId);
      if (isCustom(Type)) return attributeOfCustom(logicalId, attribute);
      const type = supportedTypes[Type];
      const value = type?.attributes?.[attribute];
      if (value) return value(view(logicalId));
      if (type) throw new Error(`attribute ${attribute} of ${Type} (${logicalId}) is not supported`);
      return `arn:aws:local:${region}:${account}:${logicalId}/${attribute}`;
    },
    condition: (condition) => Boolean(resolveIntrinsics(template.Conditions?.[condition], scope)),
    mapping: (map, first, second) => template.Mappings?.[map]?.[first]?.[second],
  };

  const resolve = (node: unknown): unknown => rewriteOrigins(resolveIntrinsics(node, scope), origins);

  function present(): StackResource[] {
    return Object.entries(template.Resources)
      .filter(([, resource]) => !resource.Condition || scope.condition(resource.Condition))
      .map(([logicalId, resource]) => ({ logicalId, type: resource.Type }));
  }

  function resourceOf(logicalId: string): TemplateResource {
    const resource = template.Resources[logicalId];
    if (!resource) throw new Error(`the template has no resource ${logicalId}`);
    return resource;
  }

  function createdOf(logicalId: string): { ref: string; attributes: Readonly<Record<string, unknown>> } {
    const found = created.get(logicalId);
    if (!found) throw new NotCreatedYet(logicalId);
    return found;
  }

  function attributeOfCustom(logicalId: string, attribute: string): unknown {
    const value = createdOf(logicalId).attributes[attribute];
    if (value === undefined) throw new Error(`custom resource ${logicalId} returned no attribute ${attribute}`);
    return value;
  }

  function view(logicalId: string): ResourceView {
    const digest = createHash('sha256').update(`${name}/${logicalId}`).digest('hex');
    return {
      logicalId,
      stackName: name,
      account,
      region,
      property: (key) => {
        const value = resolveIntrinsics(resourceOf(logicalId).Properties?.[key], scope);
        return typeof value === 'string' ? value : undefined;
      },
      id: (length) => digest.slice(0, length),
      secret: () => createHmac('sha256', secretKey).update(logicalId).digest('base64url'),
    };
  }
  return stack;
}

/** A property needs what a custom resource returns, and that was not created yet. */
export class NotCreatedYet extends Error {
  constructor(logicalId: string) {
    super(`custom resource ${logicalId} is not created yet`);
  }
}

function isKnown(type: string): boolean {
  return type in supportedTypes || isLeftOut(type) || isCustom(type);
}

function isCustom(type: string): boolean {
  return (type.startsWith('Custom::') && !isLeftOut(type)) || type === 'AWS::CloudFormation::CustomResource';
}

function fallbackRef(view: ResourceView): string {
  return `${view.stackName}-${view.logicalId}`;
}

function textOrEmpty(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
