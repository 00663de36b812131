import * as z from 'zod/mini';
import type { Todo } from '../../core/ports/todos.ts';
import { ToolError } from '../tool.ts';
import { isoTime } from './iso-time.ts';

/** Argument: the id of a todo. */
export const todoId = z
  .string()
  .check(z.minLength(1), z.maxLength(64), z.describe('Id of the todo, from list_todos or create_todo'));

/** Argument: the title of a todo. */
export const todoTitle = z.string().check(z.trim(), z.minLength(1), z.maxLength(500), z.describe('What is to be done'));

/** A todo as tools show it. */
export const todoView = z.object({
  id: z.string(),
  title: z.string(),
  done: z.boolean(),
  createdAt: z.string().check(z.describe('ISO 8601, UTC')),
  updatedAt: z.string().check(z.describe('ISO 8601, UTC')),
});

export function showTodo({ id, title, done, createdAt, updatedAt }: Todo): z.infer<typeof todoView> {
  return { id, title, done, createdAt: isoTime(createdAt), updatedAt: isoTime(updatedAt) };
}

/** Where a todo stands, for keys and tokens that are narrowed to paths: `todos/<id>`, below `todos`. */
export function todoPath(id?: string): string {
  return id === undefined ? 'todos' : `todos/${id}`;
}

/** Says the same of an id that never was and of one that is another person's, or outside the caller's paths. */
export function unknownTodo(): ToolError {
  return new ToolError('id: there is no todo with this id. list_todos shows the ids.');
}
