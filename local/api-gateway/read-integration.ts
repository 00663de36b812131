import type { Properties } from '../template/stack.ts';
import type { Integration } from './model.ts';
import { recordOf, textOf } from './model.ts';

/** Milliseconds that API Gateway waits for a buffered integration, and for a streamed one. */
const bufferedTimeout = 29_000;
const streamedTimeout = 900_000;

/** The function that an invocation URI of API Gateway names, and whether it is called for a stream. */
export function functionOfUri(uri: string): { arn: string; streamed: boolean } | undefined {
  const match = /:lambda:path\/[^/]+\/functions\/([^/]+)\/(invocations|response-streaming-invocations)$/.exec(uri);
  return match?.[1] ? { arn: match[1], streamed: match[2] === 'response-streaming-invocations' } : undefined;
}

/** Reads the `Integration` property of a method. */
export function readIntegration(integration: Properties): Integration {
  const type = textOf(integration, 'Type');
  if (type === 'MOCK') return readMock(integration);
  if (type !== 'AWS_PROXY') return { kind: 'unsupported', why: `integration type ${type ?? 'none'}` };
  const called = functionOfUri(textOf(integration, 'Uri') ?? '');
  if (!called) return { kind: 'unsupported', why: 'AWS_PROXY to something else than a Lambda function' };
  const streamed = textOf(integration, 'ResponseTransferMode') === 'STREAM' || called.streamed;
  const timeout = Number(integration.TimeoutInMillis ?? (streamed ? streamedTimeout : bufferedTimeout));
  return { kind: 'function', functionArn: called.arn, streamed, timeout };
}

function readMock(integration: Properties): Integration {
  const [first] = (integration.IntegrationResponses ?? []) as Properties[];
  if (!first) return { kind: 'unsupported', why: 'MOCK integration without an integration response' };
  const templates = Object.values(recordOf(first.ResponseTemplates)).filter((template) => template.trim() !== '');
  if (templates.length > 0) return { kind: 'unsupported', why: 'response templates (VTL) of MOCK integrations' };
  const headers = Object.entries(recordOf(first.ResponseParameters)).flatMap(([name, value]): [string, string][] => {
    const literal = /^'(.*)'$/s.exec(value)?.[1];
    return literal === undefined ? [] : [[name.replace(/^method\.response\.header\./, ''), literal]];
  });
  return { kind: 'mock', status: Number(first.StatusCode), headers: Object.fromEntries(headers) };
}
