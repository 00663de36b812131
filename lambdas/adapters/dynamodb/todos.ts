import type { Todo, Todos } from '../../core/ports/todos.ts';
import { createItem, deleteItem, findItem, updateItem } from './conditional-write.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { DocumentClient, Item } from './document-client.ts';

/** Todos in the DynamoDB table `table` (docs/storage.md). The partition is the person: nobody reaches another's rows. */
export function dynamoTodos(db: DocumentClient, table: string): Todos {
  const at = (sub: string, id: string) => ({ db, table, key: { sub, id } });

  return {
    async list(sub, { limit, cursor }) {
      const { Items = [], LastEvaluatedKey } = await db.send('Query', {
        TableName: table,
        KeyConditionExpression: '#sub = :sub',
        ExpressionAttributeNames: { '#sub': 'sub' },
        ExpressionAttributeValues: { ':sub': sub },
        // One more than asked tells whether there is a next page.
        Limit: limit + 1,
        ...(cursor === undefined ? {} : { ExclusiveStartKey: { sub, id: readCursor(cursor, sub) } }),
        ConsistentRead: true,
      });
      const todos = Items.slice(0, limit).map(toTodo);
      const last = todos.at(-1);
      const more = Items.length > limit || LastEvaluatedKey !== undefined;
      return more && last ? { todos, cursor: writeCursor(last.id, sub) } : { todos };
    },

    async find(sub, id) {
      const item = await findItem(at(sub, id));
      return item && toTodo(item);
    },

    async create(sub, todo) {
      const { ok } = await createItem(at(sub, todo.id), { ...todo });
      if (!ok) throw new Error('the id of a new todo is taken');
    },

    async update(sub, id, change) {
      const { ok, item } = await updateItem(at(sub, id), { set: change }, [{ test: 'exists', name: 'id' }]);
      return ok ? toTodo(item) : undefined;
    },

    async delete(sub, id) {
      return deleteItem(at(sub, id));
    },
  };
}

function toTodo(item: Item): Todo {
  const { id, title, done, createdAt, updatedAt } = item as unknown as Todo;
  return { id, title, done, createdAt, updatedAt };
}
