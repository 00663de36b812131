import * as z from 'zod/mini';
import type { Todo } from '../../core/ports/todos.ts';
import type { Tool } from '../tool.ts';
import { defineTool, ToolError } from '../tool.ts';
import type { TodoDesk } from './todo-desk.ts';
import { showTodo, todoPath, todoTitle, todoView } from './todo-view.ts';

/** `create_todo`: adds a todo to the caller's list. */
export function createTodo({ sub, paths, todos, clock, entropy }: TodoDesk): Tool {
  return defineTool({
    name: 'create_todo',
    title: 'Create a todo',
    description: 'Adds one open todo to the list of the person who signed in and returns it with its id.',
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    input: z.strictObject({ title: todoTitle }),
    output: z.object({ todo: todoView }),
    run: async ({ title }) => {
      if (!paths.allows(todoPath())) throw new ToolError('This caller is narrowed to some todos and cannot add one.');
      const now = clock.now();
      // Ids sort by age, so that pages in key order are oldest first: seven digits in base 36 last until 4453.
      const id = `${now.toString(36).padStart(7, '0')}-${entropy.token(12)}`;
      const todo: Todo = { id, title, done: false, createdAt: now, updatedAt: now };
      await todos.create(sub, todo);
      return { todo: showTodo(todo) };
    },
  });
}
