import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AuthorizationType,
  LambdaIntegration,
  RequestAuthorizer,
  ResponseTransferMode,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { bearerChallenge, dpopChallenge, keyChallenge, resourceMetadataUrl } from '../lambdas/contract/challenge.ts';
import type { ServerSettings } from '../lambdas/contract/settings.ts';
import { addPreflight } from './cors.ts';
import { addChallenges } from './gateway-responses.ts';

export interface ProtectedServerProps {
  readonly server: ServerSettings;
  readonly issuer: string;
  /** The REQUEST authorizer. */
  readonly guard: IFunction;
  /** What answers MCP. */
  readonly handler: IFunction;
}

/** Puts an MCP server behind the guard: one path, every verb, answers as a stream. */
export function protectServer(api: RestApi, { server, issuer, guard, handler }: ProtectedServerProps): void {
  const authorizer = new RequestAuthorizer(api, 'Guard', {
    handler: guard,
    // No identity source: API Gateway would refuse calls without it before the guard sees another credential.
    identitySources: [],
    // A remembered Deny would repeat the challenge of another call.
    resultsCacheTtl: Duration.seconds(0),
  });
  const endpoint = api.root.resourceForPath(server.path);
  endpoint.addMethod(
    'ANY',
    new LambdaIntegration(handler, {
      scopePermissionToMethod: false,
      responseTransferMode: ResponseTransferMode.STREAM,
      timeout: Duration.minutes(15),
    }),
    { authorizer, authorizationType: AuthorizationType.CUSTOM },
  );
  addPreflight(endpoint, ['GET', 'POST', 'DELETE']);
  addChallenges(api, server.apiKeys === 'only' ? keyChallenge(server.id) : tokenChallenge(server, issuer));
}

function tokenChallenge({ path, scopes }: ServerSettings, issuer: string): string {
  const bearer = bearerChallenge({
    resourceMetadata: resourceMetadataUrl(issuer, path),
    scopes: scopes.map((scope) => scope.name),
  });
  return [bearer, dpopChallenge()].join(', ');
}
