import type { LogEvent } from './instance.ts';

/** Members of a structured line that the head of the printed line already says, or that say nothing here. */
const notRepeated = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'sampling_rate',
  'cold_start',
  'function',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'xray_trace_id',
]);
const traceNames = ['traceId', 'trace_id', 'correlation_id'];

/**
 * One line for people: time, function, level, message, other members, trace id. Structured lines (JSON, as the
 * functions' logger writes them) are unfolded; line breaks become ` ⏎ `.
 */
export function readableLine(event: LogEvent, now: Date): string {
  const structured = parseObject(event.text);
  const time = now.toISOString().slice(11, 23);
  const level = textOf(structured?.level ?? event.level).toUpperCase();
  const message = structured ? textOf(structured.message ?? '') : event.text;
  const rest = Object.entries(structured ?? {})
    .filter(([key, value]) => !notRepeated.has(key) && !traceNames.includes(key) && value !== undefined)
    .map(([key, value]) => `${key}=${textOf(value)}`);
  const name = typeof structured?.function === 'string' ? structured.function : shortName(event.functionName);
  const trace = traceNames.map((name) => structured?.[name]).find((value) => typeof value === 'string');
  const parts = [time, name.padEnd(12), level.padEnd(5), message, ...rest, `trace=${trace ?? event.traceId}`];
  return parts
    .filter((part) => part !== '')
    .join('  ')
    .replace(/\s*\n\s*/g, ' ⏎ ');
}

/** The same event as one JSON object, for programs. */
export function jsonLine(event: LogEvent, now: Date): string {
  const { functionName, traceId, level, text } = event;
  const own = parseObject(text) ?? { message: text };
  return JSON.stringify({ timestamp: now.toISOString(), level, traceId, function: functionName, ...own });
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Without the stack before it and the hash that the CDK puts behind it. */
function shortName(functionName: string): string {
  return functionName.replace(/^[^-]+-/, '').replace(/[0-9A-F]{8}$/, '');
}
