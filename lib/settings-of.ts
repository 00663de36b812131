import { Duration } from 'aws-cdk-lib';
import type { Settings } from '../lambdas/contract/settings.ts';
import { settingsSchema } from '../lambdas/contract/settings.ts';
import { administratorsOf } from './administrators-of.ts';
import { checkProps } from './check-props.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import type { ServerProps } from './server-props.ts';
import type { TrustedIssuerProps } from './trusted-issuer-props.ts';
import { lifetimesOf } from './lifetimes-of.ts';
import { rateLimitsOf } from './rate-limits-of.ts';

/**
 * What the functions need to know of the props, with every default filled in.
 * @throws Error naming every prop that is wrong, its value and what is allowed
 */
export function settingsOf(props: GatehouseProps): Settings {
  const { lifetimes, refusals } = lifetimesOf(props);
  const { rateLimits, refusals: wrongLimits } = rateLimitsOf(props);
  const { administrators, refusals: wrongPeople } = administratorsOf(props);
  const wrong = [...checkProps(props), ...refusals, ...wrongLimits, ...wrongPeople];
  if (wrong.length > 0) throw new Error(`Gatehouse cannot be built:\n${wrong.map((line) => `- ${line}`).join('\n')}`);
  return settingsSchema.parse({
    stage: props.stage ?? 'production',
    servers: props.servers.map(serverSettings),
    lifetimes,
    edge: props.edge ?? 'cloudfront',
    ...(props.dpopNonce !== undefined && { dpopNonce: props.dpopNonce }),
    ...(props.signingAlgorithm !== undefined && { signingAlgorithm: props.signingAlgorithm }),
    ...(props.requirePushedAuthorizationRequests !== undefined && {
      requirePushedAuthorizationRequests: props.requirePushedAuthorizationRequests,
    }),
    ...(props.trustedIssuers !== undefined && { trustedIssuers: props.trustedIssuers.map(trustedIssuer) }),
    ...(rateLimits && { rateLimits }),
    ...(administrators && { administrators }),
    auditRetention: (props.auditRetention ?? Duration.days(90)).toSeconds({ integral: false }),
    registration: { dynamic: props.dynamicRegistration ?? true },
    metadataDocuments: {
      enabled: props.metadataDocuments ?? true,
      allowHosts: [...(props.metadataDocumentAllowHosts ?? [])],
      denyHosts: [...(props.metadataDocumentDenyHosts ?? [])],
    },
    allowedOrigins: [...(props.allowedOrigins ?? ['loopback'])],
    brand: {
      name: props.brandName ?? 'Gatehouse',
      accentColor: props.brandColor ?? '#1d4ed8',
      ...(props.brandLogoUrl !== undefined && { logoUrl: props.brandLogoUrl }),
      ...(props.supportEmail !== undefined && { supportEmail: props.supportEmail }),
    },
  } satisfies Settings);
}

function trustedIssuer({
  issuer,
  jwksUri,
  scopes,
}: TrustedIssuerProps): NonNullable<Settings['trustedIssuers']>[number] {
  return { issuer, ...(jwksUri !== undefined && { jwksUri }), ...(scopes !== undefined && { scopes: [...scopes] }) };
}

function serverSettings(props: ServerProps): Settings['servers'][number] {
  const { id, name, path, scopes, authorizationDetailTypes, apiKeys } = props;
  return {
    id,
    name,
    path,
    scopes: scopes.map((scope) => ({
      name: scope.name,
      description: scope.description,
      implies: [...(scope.implies ?? [])],
      tools: [...(scope.tools ?? [])],
      optional: scope.optional ?? false,
    })),
    ...(authorizationDetailTypes !== undefined && { authorizationDetailTypes: [...authorizationDetailTypes] }),
    ...(apiKeys !== undefined && { apiKeys }),
  };
}
