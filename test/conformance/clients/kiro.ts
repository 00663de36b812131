import type { ClientShape } from './client-shape.ts';

export const kiro: ClientShape = {
  name: 'Kiro, Amazon Q CLI',
  peculiarity: 'registers without grant types, and asks for no scope',
  seen: 'aws-samples/sample-spec-driven-presentation-maker#83',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Kiro CLI',
      redirect_uris: ['http://127.0.0.1:7778/'],
      token_endpoint_auth_method: 'none',
    },
  },
  redirectUri: 'http://127.0.0.1:7778/',
  auth: 'none',
  scope: 'omitted',
  revision: '2025-06-18',
};
