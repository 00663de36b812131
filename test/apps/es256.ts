import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** The same Gatehouse as bin/gatehouse.ts, signing with ECDSA; it demands nonces of DPoP clients, too. */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  servers: [todoServer],
  signingAlgorithm: 'ES256',
  dpopNonce: true,
});
app.synth();
