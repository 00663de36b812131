import { McpServer } from '@modelcontextprotocol/server';
import type { Stage } from '../core/api-keys/key-text.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Entropy } from '../core/ports/entropy.ts';
import type { Todos } from '../core/ports/todos.ts';
import type { Log } from './log.ts';
import type { BuildServer } from './session.ts';
import { createTodo } from './tools/create-todo.ts';
import { deleteTodo } from './tools/delete-todo.ts';
import { getTodo } from './tools/get-todo.ts';
import { listTodos } from './tools/list-todos.ts';
import { updateTodo } from './tools/update-todo.ts';
import { whoami } from './tools/whoami.ts';

export interface TodoServerOptions {
  readonly todos: Todos;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** Of this deployment, with which its API keys begin. */
  readonly stage: Stage;
}

/** Milliseconds for which a client may keep the list of tools; scopes change with the token, so not for long. */
const listLifetime = 60_000;

/** The sample MCP server: each person's own list of todos. */
export function todoServer(options: TodoServerOptions): BuildServer {
  return ({ caller, mayCall, paths }) => {
    const server = new McpServer(
      { name: 'gatehouse-todos', title: 'Todos', version: '1.0.0' },
      {
        capabilities: { tools: { listChanged: false } },
        instructions: 'Keeps the todo list of the person who signed in. Ids come from list_todos and create_todo.',
        cacheHints: { 'tools/list': { ttlMs: listLifetime, cacheScope: 'private' } },
      },
    );
    const desk = { ...options, sub: caller.sub, paths };
    const tools = [
      createTodo(desk),
      listTodos(desk),
      getTodo(desk),
      updateTodo(desk),
      deleteTodo(desk),
      whoami(caller, paths, options.stage),
    ].filter(({ name }) => mayCall(name));
    for (const { name, register } of tools) {
      register(server, (error) => options.log.error('tool failed', { tool: name, sub: caller.sub, error }));
    }
    return server;
  };
}
