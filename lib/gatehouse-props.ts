import type { Duration, StackProps } from 'aws-cdk-lib';
import type { AdministratorProps } from './administrator-props.ts';
import type { AuthorizationRequestProps } from './authorization-request-props.ts';
import type { RegistrationProps } from './client-props.ts';
import type { MetadataDocumentProps } from './metadata-document-props.ts';
import type { RateLimitProps } from './rate-limit-props.ts';
import type { ServerProps } from './server-props.ts';
import type { SignInProps } from './sign-in-props.ts';
import type { TrustProps } from './trusted-issuer-props.ts';

/** A host name of yours. Its DNS record (CNAME or alias to the output `DomainTarget`) stays with you. */
export interface DomainProps {
  /** Such as `mcp.example.com`. */
  readonly domainName: string;

  /** Certificate in AWS Certificate Manager, in us-east-1 as CloudFront demands. */
  readonly certificateArn: string;
}

/** Everything that a team can decide about its Gatehouse. */
export interface GatehouseProps
  extends
    StackProps,
    RegistrationProps,
    MetadataDocumentProps,
    AuthorizationRequestProps,
    TrustProps,
    RateLimitProps,
    AdministratorProps,
    SignInProps {
  /** The MCP servers behind the gate; the first one serves clients that name none. */
  readonly servers: readonly ServerProps[];

  /**
   * `production` keeps data when the stack goes: retention, deletion protection, point-in-time recovery, a year of
   * logs. `development` removes everything with the stack and keeps logs for a week.
   * @default 'production'
   */
  readonly stage?: 'development' | 'production';

  /**
   * `cloudfront`: one distribution in front, so that discovery documents stand at the host root. `none`: the plain
   * API Gateway URLs.
   * @default 'cloudfront'
   */
  readonly edge?: 'cloudfront' | 'none';

  /**
   * A host name of yours; needs `edge: 'cloudfront'`.
   * @default the host name that CloudFront gives
   */
  readonly domain?: DomainProps;

  /**
   * Algorithm of access tokens and ID tokens. Changing it makes a new KMS key; tokens of the old one stay valid.
   * @default 'RS256' what every client library verifies, and the cheapest to sign in KMS
   */
  readonly signingAlgorithm?: 'RS256' | 'ES256' | 'EdDSA';

  /**
   * How long an access token is good, 1 minute to 24 hours.
   * @default Duration.hours(1)
   */
  readonly accessTokenLifetime?: Duration;

  /**
   * How long a refresh token lives without being used.
   * @default Duration.days(30)
   */
  readonly refreshTokenIdleLifetime?: Duration;

  /**
   * How long after sign-in the last refresh may be; then the person signs in again.
   * @default Duration.days(90)
   */
  readonly refreshTokenAbsoluteLifetime?: Duration;

  /**
   * How long the previous refresh token still gets the same successor, so that a lost answer or a second process of
   * the same client logs nobody out. 0 to 10 minutes.
   * @default Duration.seconds(120)
   */
  readonly refreshReplayWindow?: Duration;

  /**
   * The same of single clients, by client id, or by the host of a client id that is a URL: `{ 'claude.ai': … }`. For
   * clients that refresh from many machines at once, or that never should.
   * @default {} every client has `refreshReplayWindow`
   */
  readonly refreshReplayWindows?: Readonly<Record<string, Duration>>;

  /**
   * Whether DPoP proofs at the token endpoint must carry a nonce of this server (RFC 9449 §8): proofs made in advance
   * are then worth nothing, and a client's first request takes two round trips. Clients without DPoP notice nothing.
   * @default false
   */
  readonly dpopNonce?: boolean;

  /**
   * How long an authorization code is good, at most 10 minutes.
   * @default Duration.seconds(60)
   */
  readonly authorizationCodeLifetime?: Duration;

  /**
   * How long a person may take to sign in and answer, at most 1 hour.
   * @default Duration.minutes(10)
   */
  readonly signInTimeout?: Duration;

  /**
   * How long a browser stays signed in here.
   * @default Duration.hours(8)
   */
  readonly browserSessionLifetime?: Duration;

  /**
   * When a registration that was never used ends.
   * @default Duration.days(90)
   */
  readonly unusedRegistrationLifetime?: Duration;

  /**
   * How long the guard may believe that a grant is still alive, and so how long a revocation may take; 0 asks the
   * table at each call. At most 5 minutes.
   * @default Duration.seconds(60)
   */
  readonly grantCacheTime?: Duration;

  /**
   * How long audit events stay in their table, 1 to 3650 days; the log has its own retention. An earlier event keeps the
   * time that it was given.
   * @default Duration.days(90)
   */
  readonly auditRetention?: Duration;

  /**
   * `Origin` values of browser apps that may call the MCP endpoints; `loopback` stands for every loopback origin.
   * @default ['loopback']
   */
  readonly allowedOrigins?: readonly string[];

  /**
   * Name on the pages.
   * @default 'Gatehouse'
   */
  readonly brandName?: string;

  /**
   * CSS colour of buttons and links, `#rrggbb`.
   * @default '#1d4ed8'
   */
  readonly brandColor?: string;

  /**
   * `https:` URL of the logo on the pages.
   * @default no logo
   */
  readonly brandLogoUrl?: string;

  /**
   * Whom people write to, shown on error pages.
   * @default no address
   */
  readonly supportEmail?: string;

  /**
   * SNS topic that gets the alarms.
   * @default none, the alarms are only in the console
   */
  readonly alarmTopicArn?: string;

  /**
   * API Gateway writes access logs by one role for a whole account and region. `false` leaves the role that the
   * account has; a fresh account has none.
   * @default true this stack sets it, and leaves it behind when it goes
   */
  readonly apiGatewayLogRole?: boolean;
}
