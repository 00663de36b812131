import type { ClientShape } from './client-shape.ts';
import { codex } from './codex.ts';

export const codexSecret: ClientShape = {
  ...codex,
  name: 'Codex CLI, with a secret',
  peculiarity: 'registers to post its secret, and then sends it by Basic',
  seen: 'openai/codex#40928',
  registration: {
    kind: 'dynamic',
    body: {
      client_name: 'Codex',
      redirect_uris: ['http://127.0.0.1:41733/callback'],
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  },
  auth: 'client_secret_basic',
};
