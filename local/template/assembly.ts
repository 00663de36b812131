import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One resource as the template writes it, intrinsics unresolved. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Mappings?: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
}

/** A synthesized stack. */
export interface Assembly {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
  /** Other stacks of the same assembly; they are not run. */
  readonly otherStacks: readonly string[];
  /** Absolute path of a published file asset, by its object key (`<hash>.zip`). */
  readonly assetPath: (objectKey: string) => string | undefined;
}

interface Manifest {
  readonly artifacts?: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly environment?: string;
        readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
      }
    >
  >;
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string };
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>;
      }
    >
  >;
}

/**
 * Reads a cloud assembly: the first stack that holds a REST API.
 * @throws Error where the folder holds no assembly or no such stack
 */
export function readAssembly(folder: string): Assembly {
  const manifestPath = join(folder, 'manifest.json');
  if (!existsSync(manifestPath)) throw new Error(`${folder} holds no cloud assembly (no manifest.json)`);
  const artifacts = Object.entries(readJson<Manifest>(manifestPath).artifacts ?? {});
  const stacks = artifacts
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => ({
      id,
      artifact,
      template: readJson<Template>(join(folder, artifact.properties?.templateFile ?? `${id}.template.json`)),
    }));
  const chosen = stacks.find((stack) =>
    Object.values(stack.template.Resources ?? {}).some((resource) => resource.Type === 'AWS::ApiGateway::RestApi'),
  );
  if (!chosen) throw new Error(`no stack of ${folder} holds a REST API`);
  const [account, region] = (chosen.artifact.environment ?? '').replace(/^aws:\/\//, '').split('/');
  const assets = readAssets(folder, chosen.id);
  return {
    stackName: chosen.artifact.properties?.stackName ?? chosen.id,
    account: account && /^\d+$/.test(account) ? account : '000000000000',
    region: region && !region.startsWith('unknown') ? region : 'us-east-1',
    template: chosen.template,
    otherStacks: stacks.filter((stack) => stack !== chosen).map((stack) => stack.id),
    assetPath: (objectKey) => assets.get(objectKey),
  };
}

function readAssets(folder: string, stackId: string): Map<string, string> {
  const path = join(folder, `${stackId}.assets.json`);
  const files = existsSync(path) ? Object.values(readJson<AssetManifest>(path).files ?? {}) : [];
  return new Map(
    files.flatMap((file) =>
      Object.values(file.destinations).map((destination): [string, string] => [
        destination.objectKey,
        join(folder, file.source.path ?? ''),
      ]),
    ),
  );
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
