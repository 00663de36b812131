import type { InputField, OutputField } from './operation.ts';

/** A JSON schema (2020-12), as OpenAPI 3.1 has them. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const outputTypes: Record<OutputField['type'], JsonSchema> = {
  text: { type: 'string' },
  code: { type: 'string' },
  texts: { type: 'array', items: { type: 'string' } },
  time: { type: 'string', format: 'date-time' },
  state: { type: 'string' },
  integer: { type: 'integer' },
  flag: { type: 'boolean' },
  // Structured; the console has pages of their own for these.
  json: {},
};

/** A row of a resource. */
export function outputSchema(fields: readonly OutputField[]): JsonSchema {
  const properties = fields.map(({ name, label, type, states }) => [
    name,
    { ...outputTypes[type], ...(states && { enum: states }), description: label },
  ]);
  return { type: 'object', properties: Object.fromEntries(properties) as JsonSchema };
}

/** One input value. */
export function inputSchema({ type, choices, most = 200, label, hint }: InputField): JsonSchema {
  const description = hint === undefined ? label : `${label}. ${hint}`;
  const text = { type: 'string', ...(choices ? { enum: choices } : { maxLength: most }) };
  if (type === 'texts') return { type: 'array', items: text, maxItems: 100, description };
  if (type === 'integer' || type === 'flag') return { type: type === 'flag' ? 'boolean' : 'integer', description };
  return { ...text, description };
}

/** All input of an operation that has a body. */
export function bodySchema(fields: readonly InputField[]): JsonSchema {
  const required = fields.filter((field) => field.required).map((field) => field.name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, inputSchema(field)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}
