import { expect } from 'vitest';

/** How a client sends its requests. */
export interface ClientHttpOptions {
  /** `User-Agent`. @default that of Node.js */
  readonly agent?: string | undefined;
  /** Page in which it runs. @default none, it is a program */
  readonly origin?: string | undefined;
}

type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

/**
 * Sends a request as that client does. In a page, a browser asks before (Fetch §4.8), and hides an answer that does
 * not allow its origin; both are checked here.
 */
export async function sendAs(url: string | URL, init: Init, options: ClientHttpOptions): Promise<Response> {
  const { agent, origin } = options;
  if (origin !== undefined) await preflight(url, init, origin);
  const headers = {
    ...init.headers,
    ...(agent !== undefined && { 'user-agent': agent }),
    ...(origin !== undefined && { origin }),
  };
  const answer = await fetch(url, { ...init, headers });
  if (origin !== undefined) expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  return answer;
}

async function preflight(url: string | URL, init: Init, origin: string): Promise<void> {
  const asked = Object.keys(init.headers ?? {}).filter((name) => name !== 'accept');
  const method = init.method ?? 'GET';
  const answer = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': asked.sort().join(','),
    },
  });
  expect(answer.ok, `preflight of ${method} ${String(url)}`).toBe(true);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(list(answer, 'access-control-allow-methods')).toContain(method.toLowerCase());
  expect(list(answer, 'access-control-allow-headers')).toEqual(expect.arrayContaining(asked));
}

function list(answer: Response, header: string): string[] {
  return (answer.headers.get(header) ?? '').split(',').map((name) => name.trim().toLowerCase());
}
