import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** Two servers, an identity provider that is trusted (`TEST_IDP`), an agent of its people, and a server that calls on. */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
const grant = (name: string) => `urn:ietf:params:oauth:grant-type:${name}`;
new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  servers: [todoServer, { ...todoServer, id: 'second', name: 'More todos', path: '/second' }],
  trustedIssuers: [{ issuer: process.env['TEST_IDP'] ?? 'https://idp.example', scopes: ['todo:write'] }],
  clients: [
    { clientId: 'agent', clientName: 'Agent', redirectUris: [], grantTypes: [grant('jwt-bearer')] },
    { clientId: 'first-hop', clientName: 'First hop', redirectUris: [], grantTypes: [grant('token-exchange')] },
  ],
});
app.synth();
