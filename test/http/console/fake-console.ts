import { Hono } from 'hono';
import { digest } from '../../../lambdas/core/digest.ts';
import { pageCsrf } from '../../../lambdas/core/own-pages/page-csrf.ts';
import type { AdminOperation } from '../../../lambdas/contract/admin/operation.ts';
import type { AdminAnswer, AdminRequest } from '../../../lambdas/core/admin/admin-handler.ts';
import { adminConsole } from '../../../lambdas/http/console/console.ts';
import type { ConsoleDeps } from '../../../lambdas/http/console/console-desk.ts';
import { auditLog, HandClock, issuer, servers } from '../../core/fixtures.ts';

export interface Call {
  readonly operation: AdminOperation;
  readonly request: Partial<AdminRequest>;
}

/** The console over operations that a test makes up; sessions are `cookie-of-<name>`, padded. */
export function fakeConsole(answer: (call: Call) => AdminAnswer, at = issuer) {
  const calls: Call[] = [];
  const clock = new HandClock();
  const people: Record<string, { sub: string; email: string; emailVerified: boolean }> = {};
  for (const name of ['admin', 'reader', 'nobody']) {
    people[digest(cookieOf(name))] = { sub: `sub-${name}`, email: `${name}@example.com`, emailVerified: true };
  }
  const audit = auditLog();
  let drawn = 0;
  const deps = {
    issuer: at,
    servers,
    clock,
    audit,
    settings: {
      brand: { name: 'Gatehouse', accentColor: '#2f5fd0' },
      administrators: {
        emails: ['admin@example.com'],
        readerEmails: ['reader@example.com'],
        groups: [],
        readerGroups: [],
        groupsClaim: 'groups',
      },
    },
    log: { info: () => {}, error: (_: string, fields?: unknown) => void errors.push(fields) },
    entropy: { token: () => `drawn-${(drawn += 1)}` },
    revocations: { latest: async () => 0 },
    interactions: {
      findSession: async (key: string) => people[key] && { person: { ...people[key], authTime: 1 }, startedAt: 1 },
    },
  } as unknown as ConsoleDeps;
  const errors: unknown[] = [];
  const console = adminConsole(deps, async (operation, request) => {
    calls.push({ operation, request });
    return answer({ operation, request });
  });
  const app = new Hono();
  app.onError((error, context) => console.refuse(error, context));
  app.get('/admin', (context) => console.show(context));
  app.get('/admin/*', (context) => console.show(context));
  app.post('/admin/*', (context) => console.take(context));
  return { app, calls, clock, audit, errors, deps };
}

/** Value of the session cookie of a name. */
export function cookieOf(name: string): string {
  return `cookie-of-${name}`.padEnd(40, '0');
}

/** Sends a request as somebody who is signed in. @param name undefined: nobody is */
export function as(app: Hono, name: string | undefined) {
  const cookie = name === undefined ? {} : { cookie: `__Host-gatehouse-session=${cookieOf(name)}` };
  return {
    get: async (path: string) => app.request(`${issuer}${path}`, { headers: cookie }),
    post: async (path: string, fields: Record<string, string> | [string, string][] = {}, headers = {}) =>
      app.request(`${issuer}${path}`, {
        method: 'POST',
        headers: { ...cookie, 'Sec-Fetch-Site': 'same-origin', ...headers },
        body: new URLSearchParams([
          ['csrf', pageCsrf(cookieOf(name ?? ''))],
          ...(Array.isArray(fields) ? fields : Object.entries(fields)),
        ]),
      }),
  };
}
