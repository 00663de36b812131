import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';

/** A Gatehouse before the server that the official suite tests: an entry of its own, as any team has one. */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  servers: [
    {
      id: 'conformance',
      name: 'Conformance',
      path: '/mcp',
      entry: 'test/fixtures/conformance-server/lambda.ts',
      scopes: [{ name: 'suite:run', description: 'Run the conformance suite', tools: ['test_simple_text'] }],
    },
  ],
});
app.synth();
