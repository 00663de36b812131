import { App, Duration } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** The same Gatehouse as bin/gatehouse.ts whose guard asks at every call: tests of what ends wait for nothing. */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  servers: [todoServer],
  grantCacheTime: Duration.seconds(0),
});
app.synth();
