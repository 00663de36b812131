import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { RawCall } from '../service.ts';
import { AwsError } from '../service.ts';

const passedOn = ['content-type', 'x-amz-crc32', 'x-amzn-requestid'];

/** Passes a call on to the engine as it is. @throws AwsError if the engine is gone */
export async function forward(
  endpoint: string,
  agent: Agent,
  call: RawCall,
): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
  try {
    return await send(endpoint, agent, call);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError('InternalServerError', `the local DynamoDB engine does not answer: ${reason}`, { status: 500 });
  }
}

async function send(
  endpoint: string,
  agent: Agent,
  { headers, body }: Pick<RawCall, 'headers' | 'body'>,
  again = true,
): Promise<{ status: number; headers: Record<string, string>; body: Buffer }> {
  const call = request(endpoint, { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } });
  call.end(body);
  try {
    const answer = await answerOf(call);
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const kept = passedOn.flatMap((name) => (answer.headers[name] ? [[name, String(answer.headers[name])]] : []));
    return {
      status: answer.statusCode ?? 500,
      headers: Object.fromEntries(kept) as Record<string, string>,
      body: Buffer.concat(chunks),
    };
  } catch (error) {
    // The engine may close an idle connection in the moment in which it is used again; nothing was done then.
    if (again && call.reusedSocket) return send(endpoint, agent, { headers, body }, false);
    throw error;
  }
}

function answerOf(call: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    call.once('response', resolve);
    call.once('error', reject);
  });
}
