import type { McpServer, StandardSchemaWithJSON, ToolAnnotations } from '@modelcontextprotocol/server';
import * as z from 'zod/mini';
import { OAuthError } from '../core/errors.ts';

/** What a tool is and does. Its arguments were checked against `input` before `run` sees them. */
export interface ToolDefinition<Input extends z.ZodMiniObject, Output extends z.ZodMiniObject> {
  readonly name: string;
  readonly title: string;
  /** What it does and when to use it, for the model. */
  readonly description: string;
  readonly annotations: ToolAnnotations;
  readonly input: Input;
  readonly output: Output;
  /** @throws ToolError for a mistake of the caller; anything else is a fault of ours and is not shown */
  readonly run: (args: z.infer<Input>) => Promise<z.infer<Output>>;
}

/** A tool, ready to be put on a server. */
export interface Tool {
  readonly name: string;
  /** @param report gets the faults that the caller is not shown */
  readonly register: (server: McpServer, report: (error: unknown) => void) => void;
}

/** A mistake of the caller, in words that help the model to correct it. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** Makes a tool whose result is structured, with the same JSON as text for clients that read only that. */
export function defineTool<Input extends z.ZodMiniObject, Output extends z.ZodMiniObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { name, title, description, annotations, input, output, run } = definition;
  const config = { title, description, annotations, inputSchema: schema(input), outputSchema: schema(output) };
  const register: Tool['register'] = (server, report) => {
    server.registerTool(name, config, async (args: z.infer<Input>) => {
      try {
        const structuredContent = (await run(args)) as Record<string, unknown>;
        return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
      } catch (error) {
        return { content: [{ type: 'text', text: explain(error, report) }], isError: true };
      }
    });
  };
  return { name, register };
}

/** The SDK would show the message of any error; that of AWS names tables and roles. */
function explain(error: unknown, report: (error: unknown) => void): string {
  if (error instanceof ToolError || error instanceof OAuthError) return error.message;
  report(error);
  return 'The tool failed for a reason that is not yours. Try again; if it fails again, tell the administrator.';
}

/** `zod/mini` leaves out the JSON Schema half of Standard Schema, which `tools/list` needs. */
function schema<S extends z.ZodMiniObject>(of: S): StandardSchemaWithJSON<z.input<S>, z.output<S>> {
  const jsonSchema = {
    input: () => z.toJSONSchema(of, { io: 'input' }),
    output: () => z.toJSONSchema(of, { io: 'output' }),
  };
  return { '~standard': { ...of['~standard'], jsonSchema } };
}
