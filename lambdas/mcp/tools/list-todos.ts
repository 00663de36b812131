import * as z from 'zod/mini';
import type { Tool } from '../tool.ts';
import { defineTool } from '../tool.ts';
import type { TodoDesk } from './todo-desk.ts';
import { showTodo, todoPath, todoView } from './todo-view.ts';

/** `list_todos`: a page of the caller's list. */
export function listTodos({ sub, paths, todos }: TodoDesk): Tool {
  return defineTool({
    name: 'list_todos',
    title: 'List todos',
    description: 'Lists the todos of the person who signed in, oldest first. Pass nextCursor as cursor to go on.',
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({
      limit: z._default(z.int().check(z.minimum(1), z.maximum(100), z.describe('Todos a page, 1 to 100')), 50),
      cursor: z.optional(z.string().check(z.maxLength(512), z.describe('nextCursor of the page before'))),
    }),
    output: z.object({ todos: z.array(todoView), nextCursor: z.optional(z.string()) }),
    run: async ({ limit, cursor }) => {
      const page = await todos.list(sub, { limit, ...(cursor !== undefined && { cursor }) });
      const mine = page.todos.filter(({ id }) => paths.allows(todoPath(id)));
      return { todos: mine.map(showTodo), ...(page.cursor !== undefined && { nextCursor: page.cursor }) };
    },
  });
}
