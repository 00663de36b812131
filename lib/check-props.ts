import type { Duration } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { routes } from '../lambdas/contract/routes.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import type { ServerProps } from './server-props.ts';
import { checkClients } from './check-clients.ts';
import { checkMetadataDocuments } from './check-metadata-documents.ts';
import { checkDetailTypes } from './check-detail-types.ts';
import { checkScopes } from './check-scopes.ts';
import { checkTrustedIssuers } from './check-trusted-issuers.ts';
import { refusal } from './refusal.ts';

/** First path segments that the authorization server answers itself, and two that API Gateway reserves. */
const reserved = [...new Set(routes.map((route) => route.path.split('/')[1] ?? '')), 'ping', 'sping'];

/** Everything that is wrong with the props, lifetimes aside; empty if nothing is. */
export function checkProps(props: GatehouseProps): string[] {
  const { servers, edge, domain, stage, identity } = props;
  return [
    ...unless(servers.length > 0, 'servers', servers, 'at least one MCP server'),
    ...oneOf('stage', stage, ['development', 'production']),
    ...oneOf('edge', edge, ['cloudfront', 'none']),
    ...oneOf('signingAlgorithm', props.signingAlgorithm, ['RS256', 'ES256', 'EdDSA']),
    ...unless(!(domain && edge === 'none'), 'domain', domain, "only with edge 'cloudfront'"),
    ...when(domain, ({ domainName, certificateArn }) => [
      ...matches('domain.domainName', domainName, /^([a-z0-9-]+\.)+[a-z]{2,}$/, 'a host name in lower case'),
      ...matches(
        'domain.certificateArn',
        certificateArn,
        /^arn:[^:]+:acm:us-east-1:/,
        'the ARN of a certificate in us-east-1',
      ),
    ]),
    ...when(identity, ({ issuer, clientSecretArn }) => [
      ...matches('identity.issuer', issuer, /^https:\/\/[^?#]+$/, 'an https URL without query and fragment'),
      ...matches(
        'identity.clientSecretArn',
        clientSecretArn,
        /^arn:[^:]+:secretsmanager:[^*]+-\w{6}$/,
        'the whole ARN of a Secrets Manager secret',
      ),
    ]),
    ...unless(!(identity && props.selfSignUp), 'selfSignUp', true, 'only without identity (it is for Cognito)'),
    ...when(props.brandColor, (color) => matches('brandColor', color, /^#[0-9a-fA-F]{6}$/, '#rrggbb')),
    ...when(props.brandLogoUrl, (url) => matches('brandLogoUrl', url, /^https:\/\/\S+$/, 'an https URL')),
    ...(props.allowedOrigins ?? []).flatMap((origin, index) =>
      matches(
        `allowedOrigins[${index}]`,
        origin,
        /^(loopback|https?:\/\/[^/]+)$/,
        "'loopback' or scheme://host[:port]",
      ),
    ),
    ...when(props.auditRetention, checkRetention),
    ...checkClients(props),
    ...checkMetadataDocuments(props),
    ...checkTrustedIssuers(props),
    ...servers.flatMap((server, index) => checkServer(server, `servers[${index}]`, servers.slice(0, index))),
  ];
}

function checkServer(server: ServerProps, prop: string, earlier: readonly ServerProps[]): string[] {
  const { id, name, path, entry } = server;
  const first = path.split('/')[1] ?? '';
  return [
    ...matches(`${prop}.id`, id, /^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and single hyphens'),
    // Names in CloudFormation have no hyphens.
    ...unless(
      !earlier.some((other) => bare(other.id) === bare(id)),
      `${prop}.id`,
      id,
      'an id that no other server has',
    ),
    ...unless(name.trim() !== '', `${prop}.name`, name, 'a name that people can read'),
    ...matches(`${prop}.path`, path, /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/, "'/' and segments of A-Z a-z 0-9 . _ -"),
    ...unless(!earlier.some((other) => other.path === path), `${prop}.path`, path, 'a path that no other server has'),
    ...unless(!reserved.includes(first), `${prop}.path`, path, `no path below ${reserved.join(', ')}`),
    ...oneOf(`${prop}.apiKeys`, server.apiKeys, ['accepted', 'only', 'refused']),
    ...unless(!(entry !== undefined && server.function), `${prop}.entry`, entry, 'either entry or function'),
    ...checkScopes(server.scopes, `${prop}.scopes`),
    ...checkDetailTypes(server.authorizationDetailTypes ?? [], `${prop}.authorizationDetailTypes`),
  ];
}

function checkRetention(retention: Duration): string[] {
  const days = retention.toDays({ integral: false });
  return unless(Number.isInteger(days) && days >= 1 && days <= 3650, 'auditRetention', days, '1 to 3650 whole days');
}

function bare(id: string): string {
  return id.replaceAll('-', '');
}

function unless(fine: boolean, prop: string, value: unknown, allowed: string): string[] {
  return fine ? [] : [refusal(prop, value, allowed)];
}

function when<T>(value: T | undefined, check: (value: T) => string[]): string[] {
  return value === undefined ? [] : check(value);
}

function matches(prop: string, value: string, pattern: RegExp, allowed: string): string[] {
  // What another stack gives is known only at deployment.
  return unless(Token.isUnresolved(value) || pattern.test(value), prop, value, allowed);
}

function oneOf(prop: string, value: string | undefined, allowed: readonly string[]): string[] {
  return unless(value === undefined || allowed.includes(value), prop, value, allowed.join(', '));
}
