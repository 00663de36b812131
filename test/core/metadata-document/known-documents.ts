/** Metadata documents as well-known clients publish them (clients.md registry). */
export const claudeCode = {
  client_id: 'https://claude.ai/oauth/claude-code-client-metadata',
  client_name: 'Claude Code',
  client_uri: 'https://claude.ai',
  redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
};

export const copilotCli = {
  client_id: 'https://github.com/copilot/cli/client-metadata.json',
  client_name: 'GitHub Copilot CLI',
  redirect_uris: ['http://127.0.0.1:33418/'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
};

export const chatGpt = {
  client_id: 'https://chatgpt.com/oauth/client.json',
  client_name: 'ChatGPT',
  client_uri: 'https://chatgpt.com/',
  redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
  token_endpoint_auth_signing_alg: 'RS256',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  logo_uri: 'https://persistent.oaistatic.com/sonic/misc/openai-logo.png',
  jwks_uri: 'https://chatgpt.com/oauth/jwks.json',
};
