import type { ServerProps } from '../../lib/server-props.ts';

/** The sample server as bin/gatehouse.ts has it. */
export const todoServer: ServerProps = {
  id: 'todo',
  name: 'Todos',
  path: '/mcp',
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
  authorizationDetailTypes: ['mcp_paths'],
};
