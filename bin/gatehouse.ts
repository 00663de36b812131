import { App } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { GatehouseStack } from '../lib/gatehouse-stack.ts';

/**
 * Your Gatehouse: the one file to edit. Every prop is described in lib/gatehouse-props.ts.
 *
 * `npm start` runs what this says on your machine; `npm run deploy` puts it into your AWS account.
 */
const app = new App({ context: CURRENTLY_RECOMMENDED_FLAGS });

new GatehouseStack(app, 'Gatehouse', {
  // 'production' keeps your data when the stack goes, and a year of logs.
  stage: 'development',

  // Your MCP servers. A second one is a second entry: with its own id, path, scopes and file.
  servers: [
    {
      id: 'todo',
      name: 'Todos',
      path: '/mcp',
      // entry: 'lambdas/my-server.ts', or function: a Lambda function of yours
      scopes: [
        { name: 'todo:read', description: 'See your todos', tools: ['list_todos', 'get_todo'] },
        {
          name: 'todo:write',
          description: 'Create, change and delete your todos',
          tools: ['create_todo', 'update_todo', 'delete_todo'],
          implies: ['todo:read'],
          optional: true,
        },
      ],
      // Its tools obey the paths to which an API key or token is narrowed, such as todos/<id>.
      authorizationDetailTypes: ['mcp_paths'],
    },
  ],

  // People sign in at a Cognito user pool of this stack, unless you have a provider:
  // identity: { issuer: 'https://login.example.com', clientId: '…', clientSecretArn: 'arn:aws:secretsmanager:…' },

  // Who administers, besides the group gatehouse-admins of that user pool; readers only look:
  // administratorEmails: ['you@example.com'], readerEmails: ['auditor@example.com'],

  // Your own host name instead of the one that CloudFront gives, or no CloudFront at all:
  // domain: { domainName: 'mcp.example.com', certificateArn: 'arn:aws:acm:us-east-1:…' },
  // edge: 'none',

  // brandName: 'Example Ltd', brandColor: '#b91c1c', supportEmail: 'help@example.com',
});

app.synth();
