import { App, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ClientProps } from '../../lib/client-props.ts';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/**
 * The same Gatehouse as bin/gatehouse.ts, with clients of the administrator, and with an initial access token before
 * registration. `TEST_CLIENT_KEYS` is the key set of the signing ones; `TEST_WITHOUT` names a client to leave out.
 */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
const jwks = JSON.parse(process.env['TEST_CLIENT_KEYS'] ?? '{"keys":[{"kty":"EC"}]}') as ClientProps['jwks'] & object;
const redirectUris = ['http://127.0.0.1/callback'];
const clients: readonly ClientProps[] = [
  { clientId: 'desktop-app', clientName: 'Desktop app', redirectUris, public: true },
  { clientId: 'portal', clientName: 'Portal', redirectUris },
  { clientId: 'signing-portal', clientName: 'Signing portal', redirectUris, jwks },
  { clientId: 'nightly-job', clientName: 'Nightly job', redirectUris: [], scopes: ['todo:read'] },
  { clientId: 'signing-job', clientName: 'Signing job', redirectUris: [], scopes: ['todo:read'], jwks },
];
const stack: GatehouseStack = new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  servers: [todoServer],
  clients: clients.filter(({ clientId }) => clientId !== process.env['TEST_WITHOUT']),
  initialAccessTokenSecretArn: Lazy.string({ produce: (): string => initialAccessToken.secretArn }),
});
const initialAccessToken: Secret = new Secret(stack, 'InitialAccessToken', {
  description: 'initial access token',
  generateSecretString: { excludePunctuation: true },
  removalPolicy: RemovalPolicy.DESTROY,
});
app.synth();
