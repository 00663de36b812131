import type { Context } from 'hono';
import { Hono } from 'hono/tiny';
import type { Route, RoutedFunction } from '../contract/route.ts';
import type { KnownRoute } from '../contract/routes.ts';
import { routes } from '../contract/routes.ts';
import { allowCrossOrigin, answerPreflight } from './cross-origin.ts';
import type { ErrorContext } from './errors.ts';
import { answerJson } from './errors.ts';
import { RefusedRequest } from './refused-request.ts';

export type Answer = (context: Context) => Response | Promise<Response>;

type RouteOf<F extends RoutedFunction> = Extract<KnownRoute, { function: F }>;

/** Exactly the handlers that the route table gives to a function, by `METHOD /path`. */
export type Handlers<F extends RoutedFunction> = {
  readonly [R in RouteOf<F> as `${R['method']} ${R['path']}`]: Answer;
};

export interface Binding extends ErrorContext {
  /** How an exception is answered. @default as JSON */
  readonly answerError?: (error: unknown, context: Context) => Response | Promise<Response>;
  /** How a verb is refused that a path does not have; `Allow` is added. @default as JSON */
  readonly answerMethod?: (error: RefusedRequest, context: Context) => Response;
  /** What a request must pass before its handler; refuses by throwing. @default nothing */
  readonly before?: (context: Context) => Promise<unknown>;
}

/**
 * Makes the HTTP app of a function out of its rows in the route table. Unknown paths are 404 and other verbs 405 with
 * `Allow`, both in JSON; answers are not stored unless a handler says so.
 */
export function bindRoutes<F extends RoutedFunction>(name: F, handlers: NoInfer<Handlers<F>>, binding: Binding): Hono {
  // The tiny router suits a function with a handful of routes: nothing to compile at a cold start.
  const app = new Hono();
  const answerError =
    binding.answerError ?? ((error: unknown, context: Context) => answerJson(error, context, binding));
  app.onError((error, context) => answerError(error, context));
  app.notFound((context) => answerJson(new RefusedRequest('not_found', 'nothing is served here'), context, binding));
  app.use(async (context, next) => {
    const start = performance.now();
    await next();
    setDefaults(context.res.headers);
    const { method, path } = context.req;
    const milliseconds = Math.round(performance.now() - start);
    binding.log.info('request answered', { method, path, status: context.res.status, milliseconds });
  });
  const own = routes.filter((route) => route.function === name);
  const paths = new Set(own.map((route) => route.path));
  for (const path of paths) bindPath(app, path, own, handlers, binding);
  return app;
}

function bindPath(
  app: Hono,
  path: string,
  rows: readonly Route[],
  handlers: Readonly<Record<string, Answer>>,
  binding: Binding,
): void {
  const own = rows.filter((route) => route.path === path);
  const pattern = honoPath(path);
  const methods = own.flatMap((route) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]));
  const open = own.some((route) => route.cors === 'public');
  if (open) {
    app.use(pattern, allowCrossOrigin);
    app.options(pattern, answerPreflight(methods));
  }
  for (const route of own) {
    const handler = handlers[`${route.method} ${path}`];
    if (!handler) throw new Error(`no handler for ${route.method} ${path}`);
    app.on(route.method, pattern, async (context) => {
      await binding.before?.(context);
      return handler(context);
    });
  }
  app.all(pattern, (context) => refuseMethod(context, methods, binding));
}

function refuseMethod(context: Context, methods: readonly string[], binding: Binding): Response {
  const allowed = methods.join(', ');
  const error = new RefusedRequest('method_not_allowed', `use ${allowed}`);
  const answer = binding.answerMethod?.(error, context) ?? answerJson(error, context, binding);
  // RFC 9110 §15.5.6: a 405 names the methods that work.
  answer.headers.set('Allow', allowed);
  return answer;
}

/** API Gateway's `{name}` and greedy `{name+}` in Hono's syntax. */
export function honoPath(path: string): string {
  return path.replace(/\{(\w+)\+\}/g, ':$1{.+}').replace(/\{(\w+)\}/g, ':$1');
}

function setDefaults(headers: Headers): void {
  if (!headers.has('X-Content-Type-Options')) headers.set('X-Content-Type-Options', 'nosniff');
  if (headers.has('Cache-Control')) return;
  // OAuth 2.1 §3.2.3 demands no-store of token answers; Pragma is for the caches of HTTP/1.0.
  headers.set('Cache-Control', 'no-store');
  headers.set('Pragma', 'no-cache');
}
