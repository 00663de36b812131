import { createHash, createHmac } from 'node:crypto';
import type { Assembly, TemplateResource } from './assembly.ts';
import type { Scope } from './intrinsics.ts';
import { noValue, resolveIntrinsics } from './intrinsics.ts';
import type { ResourceView } from './resource-types.ts';
import { isCustom, supportedTypes } from './resource-types.ts';

/** Physical id and attributes of a custom resource, as its function answered. */
export interface CreatedResource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A property needs what a custom resource returns, and that was not created yet. */
export class NotCreatedYet extends Error {
  constructor(logicalId: string) {
    super(`custom resource ${logicalId} is not created yet`);
  }
}

/** @throws Error for a resource that the template does not have */
export function resourceOf(assembly: Assembly, logicalId: string): TemplateResource {
  const resource = assembly.template.Resources[logicalId];
  if (!resource) throw new Error(`the template has no resource ${logicalId}`);
  return resource;
}

/** Where `Ref`, `Fn::GetAtt` and conditions of this template lead. */
export function referencesOf(
  assembly: Assembly,
  secretKey: Buffer,
  created: ReadonlyMap<string, CreatedResource>,
): Scope {
  const { template, stackName, account, region } = assembly;
  const pseudo = pseudoParameters(assembly);
  const typeOf = (logicalId: string): string => resourceOf(assembly, logicalId).Type;
  const scope: Scope = {
    ref(name) {
      if (Object.hasOwn(pseudo, name)) return pseudo[name];
      const parameter = template.Parameters?.[name];
      if (parameter) return parameter.Default ?? '';
      if (isCustom(typeOf(name))) return createdOf(created, name).ref;
      return supportedTypes[typeOf(name)]?.ref(view(name)) ?? `${stackName}-${name}`;
    },
    attribute(logicalId, name) {
      const type = typeOf(logicalId);
      if (isCustom(type)) return attributeOfCustom(created, logicalId, name);
      const attribute = supportedTypes[type]?.attributes?.[name];
      if (attribute) return attribute(view(logicalId));
      if (type in supportedTypes) throw new Error(`attribute ${name} of ${type} (${logicalId}) is not supported`);
      return `arn:aws:local:${region}:${account}:${logicalId}/${name}`;
    },
    condition: (name) => Boolean(resolveIntrinsics(template.Conditions?.[name], scope)),
    mapping: (map, first, second) => template.Mappings?.[map]?.[first]?.[second],
  };

  function view(logicalId: string): ResourceView {
    const digest = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex');
    return {
      logicalId,
      stackName,
      account,
      region,
      property: (name) => {
        const value = resolveIntrinsics(resourceOf(assembly, logicalId).Properties?.[name], scope);
        return typeof value === 'string' ? value : undefined;
      },
      id: (length) => digest.slice(0, length),
      secret: () => createHmac('sha256', secretKey).update(logicalId).digest('base64url'),
    };
  }
  return scope;
}

function pseudoParameters({ stackName, account, region }: Assembly): Readonly<Record<string, unknown>> {
  return {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::NoValue': noValue,
    'AWS::NotificationARNs': [],
  };
}

function createdOf(created: ReadonlyMap<string, CreatedResource>, logicalId: string): CreatedResource {
  const found = created.get(logicalId);
  if (!found) throw new NotCreatedYet(logicalId);
  return found;
}

function attributeOfCustom(created: ReadonlyMap<string, CreatedResource>, logicalId: string, name: string): unknown {
  const value = createdOf(created, logicalId).attributes[name];
  if (value === undefined) throw new Error(`custom resource ${logicalId} returned no attribute ${name}`);
  return value;
}
