import { Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { AddBehaviorOptions, BehaviorOptions } from 'aws-cdk-lib/aws-cloudfront';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DomainProps } from './gatehouse-props.ts';
import type { RestApi } from './rest-api.ts';
import { stageName } from './rest-api.ts';
import { secureHeaders } from './secure-headers.ts';

export interface FrontDoorProps {
  readonly authorizationServer: RestApi;
  /** Path of an MCP endpoint → its API. */
  readonly servers: ReadonlyMap<string, RestApi>;
  readonly domain?: DomainProps | undefined;
}

/** One CloudFront distribution before all APIs, so that every `/.well-known/*` stands at the host root (D1). */
export class FrontDoor extends Construct {
  readonly distribution: Distribution;
  /** Without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: FrontDoorProps) {
    super(scope, id);
    const { domain, servers, authorizationServer } = props;
    const options = passThrough(this);
    const origin = originOf(authorizationServer);
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Gatehouse',
      defaultBehavior: { origin, ...options },
      additionalBehaviors: {
        '/.well-known/*': { origin, ...options, cachePolicy: documentCache(this) },
        ...serverBehaviors(servers, options),
      },
      // CloudFront would repeat an error for ten seconds: after a deployment, or to a client that has cured its own.
      errorResponses: [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(0),
      })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      // A request costs the same everywhere; a cheaper class sends people of other continents around the world.
      priceClass: PriceClass.PRICE_CLASS_ALL,
      ...(domain && {
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        domainNames: [domain.domainName],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      }),
    });
    this.url = `https://${domain?.domainName ?? this.distribution.distributionDomainName}`;
    acknowledgeRules(this.distribution, domain);
  }
}

/** Not `RestApiOrigin`: it names the deployment, which depends on functions that name this distribution. */
function originOf(api: RestApi): HttpOrigin {
  return new HttpOrigin(api.host, {
    originPath: `/${stageName}`,
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    // Between two packets of a stream; MCP servers send a comment every 15 seconds.
    readTimeout: Duration.seconds(60),
  });
}

function passThrough(scope: Construct): AddBehaviorOptions {
  return {
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    // API Gateway routes by Host, so the viewer's must not reach it.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    responseHeadersPolicy: secureHeaders(scope),
    // A redirect from http would come after the token was sent in the clear.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    // Compression holds back a stream.
    compress: false,
  };
}

/** Discovery documents and keys, for as long as their own Cache-Control says, and never for more than 5 minutes. */
function documentCache(scope: Construct): CachePolicy {
  return new CachePolicy(scope, 'Documents', {
    comment: 'Gatehouse: discovery documents and public keys',
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    maxTtl: Duration.minutes(5),
  });
}

/** Longest path first: CloudFront takes the first pattern that fits. */
function serverBehaviors(
  servers: ReadonlyMap<string, RestApi>,
  options: AddBehaviorOptions,
): Record<string, BehaviorOptions> {
  const byLength = [...servers].sort(([a], [b]) => b.length - a.length);
  return Object.fromEntries(
    byLength.flatMap(([path, api]) => {
      const behavior = { origin: originOf(api), ...options };
      return [
        [path, behavior],
        [`${path}/*`, behavior],
      ];
    }),
  );
}

function acknowledgeRules(distribution: Distribution, domain: DomainProps | undefined): void {
  acknowledge(distribution, {
    'AwsSolutions-CFR1': 'Where callers may be is for the team to say.',
    'AwsSolutions-CFR2': 'A web ACL costs by the month; the APIs throttle, and a team may attach its own.',
    'AwsSolutions-CFR3': 'Every request reaches an API, whose access log has it, without its query.',
    ...(!domain && { 'AwsSolutions-CFR4': 'CloudFront fixes the TLS versions of its own host name; use a domain.' }),
  });
}
