import * as z from 'zod/mini';
import type { Tool } from '../tool.ts';
import { defineTool } from '../tool.ts';
import type { TodoDesk } from './todo-desk.ts';
import { todoId, todoPath, unknownTodo } from './todo-view.ts';

/** `delete_todo`: removes a todo for good. */
export function deleteTodo({ sub, paths, todos }: TodoDesk): Tool {
  return defineTool({
    name: 'delete_todo',
    title: 'Delete a todo',
    description: 'Removes one todo of the person who signed in for good. To tick it off, use update_todo.',
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({ id: todoId }),
    output: z.object({ deleted: z.string().check(z.describe('Id of the todo that is gone')) }),
    run: async ({ id }) => {
      if (!paths.allows(todoPath(id)) || !(await todos.delete(sub, id))) throw unknownTodo();
      return { deleted: id };
    },
  });
}
