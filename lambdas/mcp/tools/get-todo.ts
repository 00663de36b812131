import * as z from 'zod/mini';
import type { Tool } from '../tool.ts';
import { defineTool } from '../tool.ts';
import type { TodoDesk } from './todo-desk.ts';
import { showTodo, todoId, todoPath, todoView, unknownTodo } from './todo-view.ts';

/** `get_todo`: one todo of the caller's list. */
export function getTodo({ sub, paths, todos }: TodoDesk): Tool {
  return defineTool({
    name: 'get_todo',
    title: 'Get a todo',
    description: 'Returns one todo of the person who signed in.',
    annotations: { readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({ id: todoId }),
    output: z.object({ todo: todoView }),
    run: async ({ id }) => {
      const todo = paths.allows(todoPath(id)) ? await todos.find(sub, id) : undefined;
      if (!todo) throw unknownTodo();
      return { todo: showTodo(todo) };
    },
  });
}
