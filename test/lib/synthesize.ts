import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import type { GatehouseProps } from '../../lib/gatehouse-props.ts';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from '../apps/todo-server.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string[];
}

export interface Synthesized {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs: Readonly<Record<string, { Value: unknown }>>;
  readonly terminationProtection: boolean | undefined;
  /** Logical id and resource of every resource of a type. */
  of(type: string): [string, TemplateResource][];
}

/** The template of a Gatehouse with the sample server and these props. */
export function synthesize(props: Partial<GatehouseProps> = {}): Synthesized {
  const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
  const stack = new GatehouseStack(app, 'Gatehouse', { servers: [todoServer], ...props });
  const template = Template.fromStack(stack).toJSON();
  const resources = template['Resources'] as Record<string, TemplateResource>;
  return {
    resources,
    outputs: template['Outputs'] as Synthesized['outputs'],
    terminationProtection: stack.terminationProtection,
    of: (type) => Object.entries(resources).filter(([, resource]) => resource.Type === type),
  };
}

/** A value of a template with its references written as `${…}`, so that a test can say the whole string. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const intrinsic = value as Record<string, unknown>;
  if ('Ref' in intrinsic) return `\${${String(intrinsic['Ref'])}}`;
  if ('Fn::GetAtt' in intrinsic) return `\${${(intrinsic['Fn::GetAtt'] as string[]).join('.')}}`;
  if ('Fn::Join' in intrinsic) {
    const [separator, parts] = intrinsic['Fn::Join'] as [string, unknown[]];
    return parts.map(flat).join(separator);
  }
  return JSON.stringify(value);
}

/** Path → methods of the REST API whose logical id starts so. */
export function methodsOf(template: Synthesized, api: string): Map<string, TemplateResource[]> {
  const pathOf = (id: unknown): string => {
    const resource = template.resources[(id as { Ref?: string }).Ref ?? ''];
    if (!resource) return '';
    return `${pathOf(resource.Properties['ParentId'])}/${resource.Properties['PathPart']}`;
  };
  const methods = template.of('AWS::ApiGateway::Method').filter(([id]) => id.startsWith(api));
  return Map.groupBy(
    methods.map(([, method]) => method),
    (method) => pathOf(method.Properties['ResourceId']),
  );
}

export function gatewayResponse(template: Synthesized, api: string, type: string): TemplateResource['Properties'] {
  const found = template
    .of('AWS::ApiGateway::GatewayResponse')
    .find(([id, { Properties }]) => id.startsWith(api) && Properties['ResponseType'] === type);
  if (!found) throw new Error(`${api} has no gateway response ${type}`);
  return found[1].Properties;
}

/** Every statement that allows a role of ours something. */
export function statements(
  template: Synthesized,
): { policy: string; roles: string[]; actions: string[]; resources: string[]; conditions: unknown }[] {
  return template.of('AWS::IAM::Policy').flatMap(([policy, { Properties }]) =>
    (Properties['PolicyDocument'].Statement as Record<string, unknown>[]).map((statement) => ({
      policy,
      roles: (Properties['Roles'] as unknown[]).map(flat),
      actions: [statement['Action']].flat() as string[],
      resources: [statement['Resource']].flat().map(flat),
      conditions: statement['Condition'],
    })),
  );
}

/** `key-rotation` → `KeyRotation`. */
export function pascal(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
