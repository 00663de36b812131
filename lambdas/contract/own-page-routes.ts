import type { Route } from './route.ts';

/** Routes of our own pages and of the admin API; no client of OAuth needs them. */
export const ownPageRoutes = [
  {
    method: 'GET',
    path: '/which-credential',
    function: 'discovery',
    cors: 'none',
    summary: 'Which credential to use for which case',
  },
  {
    method: 'GET',
    path: '/sign-in',
    function: 'interaction',
    cors: 'none',
    summary: 'Signs a person in for a page of this server and leads there',
  },
  {
    method: 'GET',
    path: '/account',
    function: 'account',
    cors: 'none',
    summary: "A person's own page: connected clients and API keys",
  },
  {
    method: 'GET',
    path: '/account/{page+}',
    function: 'account',
    cors: 'none',
    summary: 'Forms and questions of that page',
  },
  {
    method: 'POST',
    path: '/account/{page+}',
    function: 'account',
    cors: 'none',
    summary: 'Their answers',
  },
  {
    method: 'GET',
    path: '/admin',
    function: 'admin',
    cors: 'none',
    summary: 'The console of administrators',
  },
  {
    method: 'GET',
    path: '/admin/openapi.json',
    function: 'admin',
    cors: 'none',
    summary: 'OpenAPI 3.1 description of the admin API',
  },
  {
    method: 'GET',
    path: '/admin/api/{operation+}',
    function: 'admin',
    cors: 'none',
    summary: 'Admin API: see /admin/openapi.json',
  },
  {
    method: 'POST',
    path: '/admin/api/{operation+}',
    function: 'admin',
    cors: 'none',
    summary: 'Admin API',
  },
  {
    method: 'PUT',
    path: '/admin/api/{operation+}',
    function: 'admin',
    cors: 'none',
    summary: 'Admin API',
  },
  {
    method: 'DELETE',
    path: '/admin/api/{operation+}',
    function: 'admin',
    cors: 'none',
    summary: 'Admin API',
  },
  // After what is more specific: an app takes the first row that fits.
  {
    method: 'GET',
    path: '/admin/{page+}',
    function: 'admin',
    cors: 'none',
    summary: 'Its pages',
  },
  {
    method: 'POST',
    path: '/admin/{page+}',
    function: 'admin',
    cors: 'none',
    summary: 'Their forms',
  },
] as const satisfies readonly Route[];
