import type { IncomingMessage } from 'node:http';
import { DocumentError } from '../../core/ports/documents.ts';

// RFC 6839 §3.1: every +json is JSON.
const jsonType = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

function checkHeaders({ headers }: IncomingMessage, limit: number): void {
  if (!jsonType.test(headers['content-type'] ?? '')) throw new DocumentError('invalid', 'the answer is not JSON');
  const encoding = headers['content-encoding'] ?? 'identity';
  // Compressed, 5 KB could hold megabytes.
  if (encoding !== 'identity') throw new DocumentError('invalid', 'the answer is compressed, which was not asked for');
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
}

function tooLarge(limit: number): DocumentError {
  return new DocumentError('invalid', `the answer has more than ${limit} bytes`);
}

/**
 * Reads the body of an answer, never more than `limit` bytes of it.
 * @throws DocumentError invalid if it is anything but a JSON object in UTF-8; whatever the connection throws
 */
export async function readJsonObject(answer: IncomingMessage, limit: number): Promise<Record<string, unknown>> {
  checkHeaders(answer, limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const value = parse(Buffer.concat(chunks));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DocumentError('invalid', 'the answer is no JSON object');
  }
  return value as Record<string, unknown>;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new DocumentError('invalid', 'the answer is no JSON in UTF-8', error);
  }
}
