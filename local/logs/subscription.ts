import { gzipSync } from 'node:zlib';

/** What CloudWatch Logs hands to a function that subscribes to a log group. */
export function deliveryOf(logGroup: string, messages: readonly string[], now: number): unknown {
  const logEvents = messages.map((message, index) => ({ id: `${now}${index}`, timestamp: now, message }));
  const data = { messageType: 'DATA_MESSAGE', owner: 'local', logGroup, logStream: 'local', logEvents };
  return { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } };
}

/**
 * Reads a filter pattern of the one form that is understood here, `{ $.member = "text" }`.
 * @returns whether a line fits; undefined for another pattern
 */
export function patternOf(text: string): ((line: string) => boolean) | undefined {
  const [, member, value] = /^\{\s*\$\.(\w+)\s*=\s*"([^"*]*)"\s*\}$/.exec(text.trim()) ?? [];
  if (member === undefined) return undefined;
  return (line) => {
    // Most lines are settled by this, without being parsed.
    if (!line.startsWith('{') || !line.includes(`"${value}"`)) return false;
    try {
      return (JSON.parse(line) as Record<string, unknown>)[member] === value;
    } catch {
      return false;
    }
  };
}
