import type { IdentityProviderSpec } from './identity-provider/start.ts';
import type { Stack } from './template/stack.ts';

/** The app clients of the stack's user pools, for the embedded identity provider. */
export function identityClients(stack: Stack): IdentityProviderSpec['clients'] {
  return stack.resourcesOf('AWS::Cognito::UserPoolClient').map(({ logicalId }) => ({
    clientId: stack.ref(logicalId),
    clientSecret: stack.attribute(logicalId, 'ClientSecret'),
    redirectUris: (stack.properties(logicalId).CallbackURLs ?? []) as string[],
  }));
}

/** Issuer of each user pool, as the template names it. */
export function userPoolIssuers(stack: Stack): string[] {
  return stack
    .resourcesOf('AWS::Cognito::UserPool')
    .map(({ logicalId }) => `https://cognito-idp.${stack.region}.amazonaws.com/${stack.ref(logicalId)}`);
}
