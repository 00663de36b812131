import type { ownPageRoutes } from './own-page-routes.ts';
import type { RouteSchema } from './route-schema.ts';
import { page, redirect } from './route-schema.ts';
import { text } from './schema-components.ts';

type OwnPageRoute = (typeof ownPageRoutes)[number];

const ownPage: RouteSchema = {
  answers: { 200: page('The page'), 303: redirect('To sign-in'), 403: page('Not yours'), 404: page('Nothing is here') },
};
const ownForm: RouteSchema = {
  answers: { 200: page('What is shown once'), 303: redirect('Done'), 400: page('A mistake'), 403: page('Signed out') },
};
const adminApi: RouteSchema = {
  answers: { 200: { description: 'As /admin/openapi.json describes it', content: { type: 'application/json' } } },
};

/** One entry for each route of our own pages and of the admin API. */
export const ownPageRouteSchemas: {
  readonly [R in OwnPageRoute as `${R['method']} ${R['path']}`]: RouteSchema;
} = {
  'GET /which-credential': { answers: { 200: page('Which credential for which case') } },
  'GET /sign-in': {
    query: {
      to: text('Path of the page that asked, below /account or /admin; default: /account'),
      again: text('1: with a choice of account, whoever is signed in'),
    },
    answers: {
      303: redirect('To the identity provider, or to the page if the person is signed in'),
      400: page('to is no page of ours'),
      503: page('The identity provider does not answer'),
    },
  },
  'GET /account': ownPage,
  'GET /account/{page+}': ownPage,
  'POST /account/{page+}': ownForm,
  'GET /admin': ownPage,
  'GET /admin/{page+}': ownPage,
  'POST /admin/{page+}': ownForm,
  'GET /admin/openapi.json': {
    answers: { 200: { description: 'OpenAPI 3.1', content: { type: 'application/json' } } },
  },
  'GET /admin/api/{operation+}': adminApi,
  'POST /admin/api/{operation+}': adminApi,
  'PUT /admin/api/{operation+}': adminApi,
  'DELETE /admin/api/{operation+}': adminApi,
};
