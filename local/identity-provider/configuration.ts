import type { Context, Grant } from 'oidc-provider';
import { interactionPolicy } from 'oidc-provider';
import type { Account } from './account.ts';
import type { IdentityProviderSpec } from './start.ts';
import type { ProviderKeys } from './keys.ts';
import { createMemoryAdapter } from './memory-adapter.ts';
import { escape, page, pageHeaders } from './page.ts';

const scopes = 'openid email profile offline_access';
const minute = 60;
const day = 24 * 3600;

/** oidc-provider's configuration. @param people who signed in, by subject */
export function configure(
  spec: IdentityProviderSpec,
  keys: ProviderKeys,
  mountPath: string,
  people: ReadonlyMap<string, Account>,
): Record<string, unknown> {
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true };
  return {
    adapter: createMemoryAdapter(),
    jwks: keys.jwks,
    clients: spec.clients.map(clientMetadata),
    cookies: {
      keys: keys.cookieKeys,
      // Every port of localhost shares its cookies, so the names and paths must be our own.
      names: { session: 'local_idp_session', interaction: 'local_idp_interaction', resume: 'local_idp_resume' },
      long: { ...cookie, path: mountPath || '/' },
      short: cookie,
    },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups', 'cognito:groups'] },
    scopes: scopes.split(' '),
    // Clients of the cloud's user pool find the person's claims in the ID token.
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    discovery: { prompt_values_supported: ['none', 'login', 'select_account'] },
    pkce: { required: () => true },
    routes: { end_session: '/sign-out' },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutPage, postLogoutSuccessSource: signedOutPage },
    },
    interactions: {
      policy: policy(),
      url: (_: Context, { uid }: { uid: string }) => `${mountPath}/interaction/${uid}`,
    },
    loadExistingGrant: grantEverything,
    findAccount: (_: Context, sub: string) => ({ accountId: sub, claims: () => claimsOf(sub, people.get(sub)) }),
    clientBasedCORS: () => false,
    renderError: errorPage,
    ttl: {
      AccessToken: 60 * minute,
      AuthorizationCode: minute,
      IdToken: 60 * minute,
      RefreshToken: 30 * day,
      Interaction: 60 * minute,
      Session: day,
      Grant: 30 * day,
    },
  };
}

function clientMetadata(client: IdentityProviderSpec['clients'][number]): object {
  const origins = client.redirectUris.map((uri) => new URL(uri)).filter(({ protocol }) => protocol.startsWith('http'));
  return {
    client_id: client.clientId,
    client_secret: client.clientSecret,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: [...new Set(origins.flatMap(({ origin }) => [origin, `${origin}/`]))],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    require_auth_time: true,
  };
}

/** Nobody is asked for consent here; a choice of account is the sign-in page, where any name can be typed. */
function policy(): unknown {
  const prompts = interactionPolicy.base();
  prompts.remove('consent');
  prompts.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return prompts;
}

async function grantEverything({ oidc }: Context): Promise<Grant | undefined> {
  const clientId = oidc.client?.clientId;
  const accountId = oidc.session?.accountId;
  if (!clientId || !accountId) return undefined;
  const grant = new oidc.provider.Grant({ clientId, accountId });
  grant.addOIDCScope(scopes);
  await grant.save();
  return grant;
}

function claimsOf(sub: string, account: Account | undefined): object {
  if (!account) return { sub };
  const { name, email, groups } = account;
  // By the name that Cognito gives the claim, and by that of others.
  const claims = groups.length > 0 ? { groups, 'cognito:groups': groups } : {};
  return { sub, name, email, email_verified: true, ...claims };
}

function show(context: Context, html: string): void {
  for (const [name, value] of Object.entries(pageHeaders)) context.set(name, value);
  context.body = html;
}

function signOutPage(context: Context, form: string): void {
  const button = '<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>';
  show(context, page('Sign out', `<p>Sign out of the local development sign-in?</p>\n${form}\n${button}`));
}

function signedOutPage(context: Context): void {
  show(context, page('Signed out', '<p>You are signed out of the local development sign-in.</p>'));
}

function errorPage(context: Context, out: { error: string; error_description?: string }): void {
  const reason = escape(out.error_description ?? out.error);
  show(context, page('Sign-in is not possible', `<p>The app sent a request that was refused: ${reason}.</p>`));
}
