import { Duration, Fn, SecretValue, Stack } from 'aws-cdk-lib';
import type { CfnUserPoolClient, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  CfnUserPoolGroup,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { IdentityProps } from './sign-in-props.ts';
import { clientSecret } from './secrets.ts';
import type { StageDefaults } from './stage-defaults.ts';

export interface UserDirectoryProps {
  readonly issuer: string;
  readonly selfSignUp: boolean;
  readonly stage: StageDefaults;
  /** Made in the pool; who is in one has rights of administration. */
  readonly groups: readonly string[];
}

/** A Cognito user pool where people sign in, unless the team has an OpenID provider. */
export class UserDirectory extends Construct {
  readonly userPool: UserPool;
  /** How the authorization server signs people in here. */
  readonly identity: IdentityProps;

  constructor(scope: Construct, id: string, props: UserDirectoryProps) {
    super(scope, id);
    this.userPool = userPool(this, props);
    for (const groupName of new Set(props.groups)) {
      new CfnUserPoolGroup(this, `Group-${groupName}`, { userPoolId: this.userPool.userPoolId, groupName });
    }
    const client = appClient(this.userPool, props.issuer);
    const { region, urlSuffix, stackId } = Stack.of(this);
    this.userPool.addDomain('Domain', {
      // Unique in the region, and the same for the life of the stack: the first part of its random id.
      cognitoDomain: { domainPrefix: `gatehouse-${Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', stackId))))}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.userPool.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    // The CDK's own `userPoolClientSecret` would bring a function of its own to read what CloudFormation knows.
    const { attrClientSecret } = client.node.defaultChild as CfnUserPoolClient;
    const secret = clientSecret(this, 'ClientSecret', SecretValue.resourceAttribute(attrClientSecret), props.stage);
    this.identity = {
      issuer: `https://cognito-idp.${region}.${urlSuffix}/${this.userPool.userPoolId}`,
      clientId: client.userPoolClientId,
      clientSecretArn: secret.secretArn,
    };
  }
}

function userPool(scope: Construct, { selfSignUp, stage }: UserDirectoryProps): UserPool {
  const pool = new UserPool(scope, 'UserPool', {
    selfSignUpEnabled: selfSignUp,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    featurePlan: FeaturePlan.ESSENTIALS,
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: stage.deletionProtection,
    removalPolicy: stage.removalPolicy,
  });
  acknowledge(pool, {
    'AwsSolutions-COG2': 'Each person may switch a second factor on; a team that demands it sets its own pool.',
    'AwsSolutions-COG8': 'The Plus tier costs by the person.',
  });
  return pool;
}

/** The one client of the pool: this authorization server. */
function appClient(pool: UserPool, issuer: string): UserPoolClient {
  return pool.addClient('Client', {
    generateSecret: true,
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: [`${issuer}/callback`],
    },
    // What managed login uses: a password, or the choice of what else the pool offers.
    authFlows: { user: true, userSrp: true },
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    // Read once at sign-in, never kept: as short as Cognito has them.
    idTokenValidity: Duration.minutes(5),
    accessTokenValidity: Duration.minutes(5),
    refreshTokenValidity: Duration.hours(1),
    authSessionValidity: Duration.minutes(15),
  });
}
