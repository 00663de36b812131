import type { RestApi } from './api-gateway/model.ts';
import { readRestApis } from './api-gateway/read-rest-apis.ts';
import type { Distribution } from './cloudfront/model.ts';
import { readDistribution } from './cloudfront/model.ts';
import type { OriginMapping } from './template/origins.ts';
import type { Stack } from './template/stack.ts';

/** A public origin of the stack: each listens on a port of its own. */
export type Door =
  | { readonly kind: 'distribution'; readonly logicalId: string; readonly hosts: readonly string[] }
  | { readonly kind: 'api'; readonly logicalId: string; readonly hosts: readonly string[] };

/** What the doors lead to, with all texts as they are on this machine. */
export interface House {
  readonly apis: readonly RestApi[];
  readonly distributions: ReadonlyMap<string, Distribution>;
}

/**
 * The public origins of the stack: its CloudFront distributions, or without one its REST APIs. The one that is the
 * issuer comes first.
 */
export function doorsOf(stack: Stack): Door[] {
  const distributions = stack.resourcesOf('AWS::CloudFront::Distribution').map(({ logicalId }): Door => ({
    kind: 'distribution',
    logicalId,
    hosts: [stack.attribute(logicalId, 'DomainName'), ...aliasesOf(stack, logicalId)],
  }));
  const apis = stack.resourcesOf('AWS::ApiGateway::RestApi').map(({ logicalId }): Door => ({
    kind: 'api',
    logicalId,
    hosts: [`${stack.ref(logicalId)}.execute-api.${stack.region}.amazonaws.com`],
  }));
  const doors = distributions.length > 0 ? distributions : apis;
  const issuer = issuerOf(stack);
  const isIssuer = (door: Door): boolean => door.hosts.some((host) => issuer.startsWith(`https://${host}`));
  return [...doors.filter(isIssuer), ...doors.filter((door) => !isIssuer(door))];
}

/** Where each door stands on this machine. */
export function originsOf(doors: readonly Door[], ports: readonly number[]): OriginMapping[] {
  return doors.flatMap((door, index) =>
    door.hosts.map((host) => ({ from: `https://${host}`, to: `http://localhost:${ports[index] ?? 0}` })),
  );
}

/** Reads what stands behind the doors. @param report takes one line for each thing that does not work here */
export function readHouse(stack: Stack, report: (line: string) => void): House {
  const distributions = stack
    .resourcesOf('AWS::CloudFront::Distribution')
    .map(({ logicalId }): [string, Distribution] => [logicalId, readDistribution(stack, logicalId, report)]);
  return { apis: readRestApis(stack, report), distributions: new Map(distributions) };
}

/** The `ISSUER` variable of the first function that has one. */
export function issuerOf(stack: Stack): string {
  for (const { logicalId } of stack.resourcesOf('AWS::Lambda::Function')) {
    const issuer = stack.variable(logicalId, 'ISSUER');
    if (issuer) return issuer;
  }
  return '';
}

function aliasesOf(stack: Stack, logicalId: string): string[] {
  const config = stack.properties(logicalId).DistributionConfig as { Aliases?: string[] } | undefined;
  return config?.Aliases ?? [];
}
