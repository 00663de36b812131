/** A row of the sample MCP server. */
export interface Todo {
  /** Time of creation first, then randomness: ids sort by age, so that pages in key order are oldest first. */
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
  /** Epoch seconds. */
  readonly createdAt: number;
  /** Epoch seconds. */
  readonly updatedAt: number;
}

/** Todos of one person; `sub` is always the verified caller's, never an argument of a tool. */
export interface Todos {
  /**
   * @returns up to `limit` todos, oldest first, and the cursor of the next page if there is one
   * @throws OAuthError `invalid_request` if the cursor is not one that this person was given
   */
  list(sub: string, page: { limit: number; cursor?: string }): Promise<{ todos: readonly Todo[]; cursor?: string }>;
  find(sub: string, id: string): Promise<Todo | undefined>;
  /** Stores a new todo; one conditional write that never overwrites. */
  create(sub: string, todo: Todo): Promise<void>;
  /** One conditional write. @returns the todo after it, undefined if there is none (nothing is created). */
  update(
    sub: string,
    id: string,
    change: { title?: string; done?: boolean; updatedAt: number },
  ): Promise<Todo | undefined>;
  /** @returns false if there was none. */
  delete(sub: string, id: string): Promise<boolean>;
}
