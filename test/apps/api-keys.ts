import { App, Duration } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** One server that takes tokens and keys, one that takes keys only, one that takes none; nothing is remembered. */
const notes = {
  name: 'Notes',
  entry: 'test/fixtures/notes-server/lambda.ts',
  scopes: [
    { name: 'notes:read', description: 'Read your notes', tools: ['read_notes'] },
    { name: 'notes:write', description: 'Write notes', tools: ['write_note'] },
  ],
  authorizationDetailTypes: ['mcp_paths'],
};
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  grantCacheTime: Duration.seconds(0),
  servers: [
    todoServer,
    { ...notes, id: 'notes', path: '/notes/mcp', apiKeys: 'only' },
    { ...notes, id: 'closed', path: '/closed/mcp', apiKeys: 'refused' },
  ],
});
app.synth();
