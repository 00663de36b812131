import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { StreamifyHandler } from 'aws-lambda';

/** Where Lambda's Node runtime takes a streamed answer. */
export type LambdaStream = Parameters<StreamifyHandler>[1];

/** Sends an answer through API Gateway's response streaming: status and headers at once, the body as it comes. */
export async function streamResponse(response: Response, stream: LambdaStream): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  const out = awslambda.HttpResponseStream.from(stream, { statusCode: response.status, headers });
  // The runtime sends status and headers with the first write: without one an empty answer (202) would have none.
  out.write('');
  if (response.body === null) out.end();
  else await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), out);
}
