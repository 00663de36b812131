import { App } from 'aws-cdk-lib';
import { GatehouseStack } from '../lib/gatehouse-stack.ts';

/** The sample without rate limits: one address asks more here than any would. */
const app = new App();

new GatehouseStack(app, 'Bench', {
  stage: 'development',
  rateLimits: false,
  servers: [
    {
      id: 'todo',
      name: 'Todos',
      path: '/mcp',
      scopes: [
        { name: 'todo:read', description: 'See your todos', tools: ['list_todos', 'get_todo'] },
        { name: 'todo:write', description: 'Change your todos', tools: ['create_todo'], implies: ['todo:read'] },
      ],
    },
  ],
});

app.synth();
