import type { components, Schema } from './schema-components.ts';

/**
 * What a route takes and gives, for docs/openapi.json. Pure data: the code that judges input is in core, where each
 * rule stands beside the section of the standard that demands it.
 */
export interface RouteSchema {
  /** Query parameters, by name. Those of the path are taken from the route. */
  readonly query?: Readonly<Record<string, Schema & { readonly required?: boolean }>>;
  readonly body?: { readonly type: 'application/json' | 'application/x-www-form-urlencoded'; readonly schema: Schema };
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerSchema>>;
}

export interface AnswerSchema {
  readonly description: string;
  /** @default no body */
  readonly content?: { readonly type: 'application/json' | 'text/html'; readonly schema?: Schema };
}

/** Points to a component. */
export const ref = (name: keyof typeof components) => ({ $ref: `#/components/schemas/${name}` });
/** Answers for people. */
export const page = (description: string): AnswerSchema => ({ description, content: { type: 'text/html' } });
export const redirect = (description: string): AnswerSchema => ({ description });

/** Answers for programs. */
export const json = (description: string, name: keyof typeof components): AnswerSchema => ({
  description,
  content: { type: 'application/json', schema: ref(name) },
});
export const error = (description: string) => json(description, 'Error');

/** A form with the same parameters as a query. */
export function formOf(
  query: Record<string, Schema & { readonly required?: boolean }>,
): NonNullable<RouteSchema['body']> {
  const required = Object.keys(query).filter((name) => query[name]?.required);
  const properties = Object.fromEntries(
    Object.entries(query).map(([name, { required: _required, ...schema }]) => [name, schema]),
  );
  return { type: 'application/x-www-form-urlencoded', schema: { type: 'object', required, properties } };
}
