import { expect } from 'vitest';

/** What must never come back: a marker that would run, and the inside of the server. */
export const marker = '<script>alert("reflected")</script>';
// 123456789012 is the account of examples in AWS's documentation, and in ours.
const inside =
  /\bat (?:async )?[\w.<>]+ \(|node:internal|\.mjs:\d+|\/var\/task|ECONN|dynamodb|AKIA|arn:aws(?!:iam::123456789012:)/i;

export interface Probed {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers: Headers;
}

/** Sends what nobody should send, and holds what every answer owes: no breakdown, no reflection, no look inside. */
export async function probe(url: string, init: RequestInit = {}): Promise<Probed> {
  const answer = await fetch(url, { redirect: 'manual', ...init });
  const body = await answer.text();
  expect(answer.status, body.slice(0, 500)).not.toBe(500);
  expect(answer.status, body.slice(0, 500)).not.toBe(502);
  expect(body).not.toContain(marker);
  expect(body).not.toMatch(inside);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body, headers: answer.headers };
}
