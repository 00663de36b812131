import * as z from 'zod/mini';
import type { Tool } from '../tool.ts';
import { defineTool, ToolError } from '../tool.ts';
import type { TodoDesk } from './todo-desk.ts';
import { showTodo, todoId, todoPath, todoTitle, todoView, unknownTodo } from './todo-view.ts';

/** `update_todo`: renames a todo, ticks it off or opens it again. */
export function updateTodo({ sub, paths, todos, clock }: TodoDesk): Tool {
  return defineTool({
    name: 'update_todo',
    title: 'Update a todo',
    description: 'Changes the title of a todo, marks it done or opens it again. What is left out stays as it is.',
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({
      id: todoId,
      title: z.optional(todoTitle),
      done: z.optional(z.boolean().check(z.describe('Whether it is done'))),
    }),
    output: z.object({ todo: todoView }),
    run: async ({ id, title, done }) => {
      if (title === undefined && done === undefined) throw new ToolError('title, done: give at least one of them.');
      if (!paths.allows(todoPath(id))) throw unknownTodo();
      const todo = await todos.update(sub, id, {
        updatedAt: clock.now(),
        ...(title !== undefined && { title }),
        ...(done !== undefined && { done }),
      });
      if (!todo) throw unknownTodo();
      return { todo: showTodo(todo) };
    },
  });
}
