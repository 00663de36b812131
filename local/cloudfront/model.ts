import type { Properties, Stack } from '../template/stack.ts';

/** A distribution as far as it matters without a cache. */
export interface Distribution {
  readonly logicalId: string;
  /** Names that viewers call it by: its own and its aliases. */
  readonly names: readonly string[];
  /** In order of precedence; the default behavior is last and matches every path. */
  readonly behaviors: readonly Behavior[];
}

export interface Behavior {
  readonly pattern: RegExp;
  readonly allowedMethods: readonly string[];
  readonly origin: Origin;
  /** Response headers that its response headers policy sets; `override` says whether over the origin's own. */
  readonly responseHeaders: readonly { readonly name: string; readonly value: string; readonly override: boolean }[];
}

export interface Origin {
  readonly domainName: string;
  /** Prefix of the path at the origin, e.g. `/prod`. */
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
}

interface BehaviorProperties {
  readonly PathPattern?: string;
  readonly AllowedMethods?: readonly string[];
  readonly TargetOriginId: string;
  readonly FunctionAssociations?: readonly unknown[];
  readonly LambdaFunctionAssociations?: readonly unknown[];
  readonly ResponseHeadersPolicyId?: string;
}

interface OriginProperties {
  readonly Id: string;
  readonly DomainName: string;
  readonly OriginPath?: string;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: string }[];
}

interface DistributionConfig {
  readonly Aliases?: readonly string[];
  readonly Origins?: readonly OriginProperties[];
  readonly CacheBehaviors?: readonly BehaviorProperties[];
  readonly DefaultCacheBehavior: BehaviorProperties;
  readonly CustomErrorResponses?: readonly { readonly ResponsePagePath?: string }[];
}

/** Reads a distribution of the template. @param report takes one line for each thing that does not work here */
export function readDistribution(stack: Stack, logicalId: string, report: (line: string) => void): Distribution {
  const config = stack.properties(logicalId).DistributionConfig as DistributionConfig;
  const origins = new Map((config.Origins ?? []).map((origin) => [origin.Id, readOrigin(origin)]));
  const policies = readPolicies(stack);
  if (config.CustomErrorResponses?.some((response) => response.ResponsePagePath)) {
    report(`${logicalId}: custom error pages of CloudFront are not supported`);
  }
  const behaviors = [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior].map((behavior): Behavior => {
    const pattern = behavior.PathPattern ?? '*';
    if (behavior.FunctionAssociations?.length || behavior.LambdaFunctionAssociations?.length) {
      report(`${logicalId}: functions at the edge are not supported; ${pattern} is served without them`);
    }
    const origin = origins.get(behavior.TargetOriginId);
    if (!origin) throw new Error(`${logicalId}: behavior ${pattern} names no origin`);
    return {
      pattern: pathPattern(pattern),
      allowedMethods: behavior.AllowedMethods ?? ['GET', 'HEAD'],
      origin,
      responseHeaders: policies.get(behavior.ResponseHeadersPolicyId ?? '') ?? [],
    };
  });
  return { logicalId, names: [stack.attribute(logicalId, 'DomainName'), ...(config.Aliases ?? [])], behaviors };
}

function readOrigin(origin: OriginProperties): Origin {
  return {
    domainName: origin.DomainName,
    path: origin.OriginPath ?? '',
    headers: (origin.OriginCustomHeaders ?? []).map((header) => [header.HeaderName, header.HeaderValue]),
  };
}

/** `*` is any text, `?` one character; a pattern may leave out the leading slash. */
function pathPattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source.startsWith('/') || source.startsWith('.*') ? '' : '/'}${source}$`, 's');
}

function readPolicies(stack: Stack): Map<string, Behavior['responseHeaders']> {
  return new Map(
    stack
      .resourcesOf('AWS::CloudFront::ResponseHeadersPolicy')
      .map(({ logicalId }) => [stack.ref(logicalId), headersOfPolicy(stack.properties(logicalId))]),
  );
}

type Setting = { readonly Override?: boolean } & Readonly<Record<string, unknown>>;

function headersOfPolicy(properties: Properties): Behavior['responseHeaders'] {
  const config = properties.ResponseHeadersPolicyConfig as {
    readonly CustomHeadersConfig?: { readonly Items?: readonly Setting[] };
    readonly SecurityHeadersConfig?: Readonly<Record<string, Setting | undefined>>;
  };
  const custom = (config.CustomHeadersConfig?.Items ?? []).map((item) => ({
    name: String(item.Header),
    value: String(item.Value),
    override: item.Override === true,
  }));
  const security = config.SecurityHeadersConfig ?? {};
  const known: Readonly<Record<string, readonly [string, (setting: Setting) => string]>> = {
    ContentSecurityPolicy: ['Content-Security-Policy', (setting) => String(setting.ContentSecurityPolicy)],
    ContentTypeOptions: ['X-Content-Type-Options', () => 'nosniff'],
    FrameOptions: ['X-Frame-Options', (setting) => String(setting.FrameOption)],
    ReferrerPolicy: ['Referrer-Policy', (setting) => String(setting.ReferrerPolicy)],
    // Strict-Transport-Security is left out on purpose: browsers ignore it over http.
  };
  const secure = Object.entries(known).flatMap(([key, [name, valueOf]]) => {
    const setting = security[key];
    return setting ? [{ name, value: valueOf(setting), override: setting.Override === true }] : [];
  });
  return [...custom, ...secure];
}
