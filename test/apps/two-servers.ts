import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../../lib/gatehouse-stack.ts';
import { todoServer } from './todo-server.ts';

/** Two servers behind one gate, one with code of its own, that call different rights by the same name. */
const share = { name: 'share', description: 'Share with other people', optional: true };
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });
new GatehouseStack(app, 'Gatehouse', {
  stage: 'development',
  servers: [
    { ...todoServer, scopes: [...todoServer.scopes, share] },
    {
      id: 'notes',
      name: 'Notes',
      path: '/notes/mcp',
      entry: 'test/fixtures/notes-server/lambda.ts',
      scopes: [
        { name: 'notes:read', description: 'Read your notes', tools: ['read_notes'] },
        {
          name: 'notes:write',
          description: 'Write notes',
          tools: ['write_note'],
          implies: ['notes:read'],
          optional: true,
        },
        share,
      ],
      authorizationDetailTypes: ['mcp_tools'],
    },
  ],
});
app.synth();
