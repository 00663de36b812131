import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** The same Gatehouse as bin/gatehouse.ts, where one address may register the clients of a whole test suite. */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  servers: [todoServer],
  rateLimits: { registration: { rps: 500, burst: 1000 } },
});
app.synth();
