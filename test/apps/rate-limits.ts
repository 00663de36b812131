import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** The same Gatehouse as bin/gatehouse.ts with limits that a test can reach. */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  servers: [todoServer],
  rateLimits: {
    // Nothing comes back within a test, however slow the machine.
    registration: { rps: 0.001, burst: 4 },
    client: { rps: 0.001, burst: 3 },
    calls: { rps: 0.001, burst: 3 },
  },
});
app.synth();
