import { Duration } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import type { GatehouseProps } from '../../lib/gatehouse-props.ts';
import type { ScopeProps, ServerProps } from '../../lib/server-props.ts';
import { settingsOf } from '../../lib/settings-of.ts';
import { todoServer } from '../apps/todo-server.ts';

const server = (change: Partial<ServerProps> = {}): ServerProps => ({ ...todoServer, ...change });
const scope = (change: Partial<ScopeProps> = {}): ScopeProps => ({ name: 'a', description: 'Do A', ...change });
const scopes = (...changes: Partial<ScopeProps>[]): Partial<GatehouseProps> => ({
  servers: [server({ scopes: changes.map(scope) })],
});

const identity = {
  issuer: 'https://login.example.com',
  clientId: 'gatehouse',
  clientSecretArn: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:login-AbCdEf',
};
const domain = { domainName: 'mcp.example.com', certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/a' };

/** Props that are wrong, and what the error must name: the prop, its value, what is allowed. */
const wrong: [string, Partial<GatehouseProps>, RegExp][] = [
  [
    'a type of authorization details with a space',
    { servers: [server({ authorizationDetailTypes: ['mcp tools'] })] },
    /servers\[0\]\.authorizationDetailTypes\[0\] is "mcp tools"; allowed: printable ASCII/,
  ],
  [
    'an empty type of authorization details',
    { servers: [server({ authorizationDetailTypes: [''] })] },
    /servers\[0\]\.authorizationDetailTypes\[0\] is ""/,
  ],
  [
    'a type of authorization details twice',
    { servers: [server({ authorizationDetailTypes: ['a', 'a'] })] },
    /servers\[0\]\.authorizationDetailTypes\[1\] is "a"; allowed: a type that the server does not have yet/,
  ],
  [
    'a trusted issuer that is no https URL',
    { trustedIssuers: [{ issuer: 'http://idp.example' }] },
    /trustedIssuers\[0\]\.issuer is "http:\/\/idp\.example"; allowed: an https URL/,
  ],
  [
    'a trusted issuer twice',
    { trustedIssuers: [{ issuer: 'https://idp.example' }, { issuer: 'https://idp.example' }] },
    /trustedIssuers\[1\]\.issuer .*; allowed: an issuer that stands here once/,
  ],
  [
    'keys of a trusted issuer over http',
    { trustedIssuers: [{ issuer: 'https://idp.example', jwksUri: 'http://idp.example/jwks' }] },
    /trustedIssuers\[0\]\.jwksUri is /,
  ],
  [
    'a scope of a trusted issuer that no server has',
    { trustedIssuers: [{ issuer: 'https://idp.example', scopes: ['todo:everything'] }] },
    /trustedIssuers\[0\]\.scopes is "todo:everything"; allowed: todo:read, todo:write/,
  ],
  ['no server', { servers: [] }, /servers is \[\]; allowed: at least one/],
  ['a server id in capitals', { servers: [server({ id: 'Todo' })] }, /servers\[0\]\.id is "Todo"; allowed: lower-case/],
  [
    'a server id twice',
    { servers: [server(), server({ path: '/b' })] },
    /servers\[1\]\.id is "todo"; allowed: an id that no other/,
  ],
  [
    'server ids that are one name in CloudFormation',
    { servers: [server({ id: 'a-1' }), server({ id: 'a1', path: '/b' })] },
    /servers\[1\]\.id is "a1"/,
  ],
  [
    'a server path twice',
    { servers: [server(), server({ id: 'b' })] },
    /servers\[1\]\.path is "\/mcp"; allowed: a path that no other/,
  ],
  [
    'a server path without a slash',
    { servers: [server({ path: 'mcp' })] },
    /servers\[0\]\.path is "mcp"; allowed: '\/'/,
  ],
  ['a server path that ends in a slash', { servers: [server({ path: '/mcp/' })] }, /servers\[0\]\.path is "\/mcp\/"/],
  ['the root as a server path', { servers: [server({ path: '/' })] }, /servers\[0\]\.path is "\/"/],
  ['a server path of the authorization server', { servers: [server({ path: '/token' })] }, /no path below .*token/],
  ['a server path below the well-known one', { servers: [server({ path: '/.well-known/x' })] }, /servers\[0\]\.path/],
  ['a server without a name', { servers: [server({ name: ' ' })] }, /servers\[0\]\.name is " "/],
  [
    'a metadata host with a scheme',
    { metadataDocumentAllowHosts: ['claude.ai', 'https://claude.ai'] },
    /metadataDocumentAllowHosts\[1\] is "https:\/\/claude\.ai"; allowed: a host in lower case/,
  ],
  ['a metadata host with a port', { metadataDocumentDenyHosts: ['claude.ai:443'] }, /metadataDocumentDenyHosts\[0\]/],
  ['a metadata host in capitals', { metadataDocumentDenyHosts: ['Claude.ai'] }, /metadataDocumentDenyHosts\[0\]/],
  ['a star in the middle', { metadataDocumentDenyHosts: ['a.*.example'] }, /metadataDocumentDenyHosts\[0\]/],
  ['a star for every host', { metadataDocumentDenyHosts: ['*'] }, /metadataDocumentDenyHosts\[0\] is "\*"/],
  [
    'metadata hosts for nothing',
    { metadataDocuments: false, metadataDocumentAllowHosts: ['claude.ai'] },
    /metadataDocumentAllowHosts is \["claude\.ai"\]; allowed: only with metadataDocuments/,
  ],
  ['a limit of nothing', { rateLimits: { client: { rps: 0, burst: 5 } } }, /rateLimits\.client is .*rps from 0\.001/],
  ['a limit that is no number', { rateLimits: { calls: { rps: NaN, burst: 5 } } }, /rateLimits\.calls is/],
  [
    'a burst below the rate',
    { rateLimits: { registration: { rps: 9, burst: 5 } } },
    /rateLimits\.registration is .*burst a whole number from the larger of 1 and rps/,
  ],
  [
    'a limit of a scope that no server has',
    { rateLimits: { callsByScope: { nonsense: { rps: 1, burst: 5 } } } },
    /rateLimits\.callsByScope is "nonsense"; allowed: /,
  ],
  [
    'a scope twice',
    scopes({}, {}),
    /servers\[0\]\.scopes\[1\]\.name is "a"; allowed: a scope that the server does not/,
  ],
  ['a scope that implies an unknown one', scopes({ implies: ['b'] }), /scopes\[0\]\.implies is "b"; allowed: .*: a$/m],
  ['a scope with a space', scopes({ name: 'a b' }), /scopes\[0\]\.name is "a b"; allowed: printable ASCII/],
  ['a scope that would end the challenge', scopes({ name: "a'b" }), /scopes\[0\]\.name is "a'b"/],
  ['a scope with a quote', scopes({ name: 'a"b' }), /scopes\[0\]\.name is "a\\"b"/],
  ['a scope without a name', scopes({ name: '' }), /scopes\[0\]\.name is ""/],
  ['offline_access as a scope', scopes({ name: 'offline_access' }), /scopes\[0\]\.name is "offline_access"/],
  ['openid as a scope', scopes({ name: 'openid' }), /scopes\[0\]\.name is "openid"; .* OpenID Connect/],
  ['a scope that says nothing to people', scopes({ description: '' }), /scopes\[0\]\.description is ""/],
  ['an access token for no time', { accessTokenLifetime: Duration.seconds(0) }, /accessTokenLifetime is "0 seconds"/],
  ['an access token for days', { accessTokenLifetime: Duration.days(2) }, /accessTokenLifetime .* 60 to 86400/],
  ['half a second', { grantCacheTime: Duration.millis(500) }, /grantCacheTime is "0.5 seconds"; .* whole seconds/],
  [
    'a code for 11 minutes',
    { authorizationCodeLifetime: Duration.minutes(11) },
    /authorizationCodeLifetime .* 1 to 600/,
  ],
  ['a code for no time', { authorizationCodeLifetime: Duration.seconds(0) }, /authorizationCodeLifetime is "0 sec/],
  ['a replay window for an hour', { refreshReplayWindow: Duration.hours(1) }, /refreshReplayWindow .* 0 to 600/],
  [
    'a replay window of one client for an hour',
    { refreshReplayWindows: { 'claude.ai': Duration.hours(1) } },
    /refreshReplayWindows\['claude\.ai'\] is "3600 seconds"; allowed: 0 to 600 whole seconds/,
  ],
  [
    'half a second of replay window for one client',
    { refreshReplayWindows: { 'claude.ai': Duration.millis(500) } },
    /refreshReplayWindows\['claude\.ai'\] is "0\.5 seconds"/,
  ],
  [
    'a replay window of nobody',
    { refreshReplayWindows: { '': Duration.seconds(1) } },
    /refreshReplayWindows is ""; allowed: client ids, or hosts of metadata documents/,
  ],
  ['a domain without CloudFront', { edge: 'none', domain }, /domain is .*; allowed: only with edge 'cloudfront'/],
  [
    'a certificate of another region',
    { domain: { ...domain, certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a' } },
    /domain\.certificateArn is "arn:aws:acm:eu-west-1.*us-east-1/,
  ],
  ['a domain with a scheme', { domain: { ...domain, domainName: 'https://a.com' } }, /domain\.domainName is "https:/],
  [
    'a provider over http',
    { identity: { ...identity, issuer: 'http://a.com' } },
    /identity\.issuer is "http:\/\/a\.com"/,
  ],
  [
    'a secret that is not an ARN',
    { identity: { ...identity, clientSecretArn: 'hunter2' } },
    /identity\.clientSecretArn is .*; allowed: the whole ARN/,
  ],
  ['self sign-up elsewhere', { identity, selfSignUp: true }, /selfSignUp is true; allowed: only without identity/],
  ['a colour by name', { brandColor: 'red' }, /brandColor is "red"; allowed: #rrggbb/],
  ['a logo over http', { brandLogoUrl: 'http://a.com/l.png' }, /brandLogoUrl is "http:/],
  ['an origin with a path', { allowedOrigins: ['https://a.com/x'] }, /allowedOrigins\[0\] is "https:\/\/a\.com\/x"/],
  ['another stage', { stage: 'test' as 'production' }, /stage is "test"; allowed: development, production/],
  ['another edge', { edge: 'alb' as 'none' }, /edge is "alb"; allowed: cloudfront, none/],
  ['another algorithm', { signingAlgorithm: 'HS256' as 'RS256' }, /signingAlgorithm is "HS256"; allowed: RS256, ES256/],
];

test.each(wrong)('fails %s', (_, props, message) => {
  expect(() => settingsOf({ servers: [server()], ...props })).toThrow(message);
});

test('fails a server that has an entry and a function', () => {
  const both = server({ entry: 'lambdas/x.ts', function: {} as NonNullable<ServerProps['function']> });
  expect(() => settingsOf({ servers: [both] })).toThrow(/servers\[0\]\.entry is "lambdas\/x\.ts"; allowed: either/);
});

test('names all that is wrong at once', () => {
  expect(() => settingsOf({ servers: [server({ path: 'mcp' })], brandColor: 'red' })).toThrow(
    /^Gatehouse cannot be built:\n- brandColor.*\n- servers\[0\]\.path.*$/,
  );
});

test('fills in the documented defaults, in seconds', () => {
  expect(settingsOf({ servers: [server()] })).toMatchObject({
    stage: 'production',
    lifetimes: {
      accessToken: 3600,
      refreshTokenIdle: 2_592_000,
      refreshTokenAbsolute: 7_776_000,
      refreshReplayWindow: 120,
      authorizationCode: 60,
      signInTransaction: 600,
      browserSession: 28_800,
      unusedRegistration: 7_776_000,
      grantCache: 60,
    },
    registration: { dynamic: true },
    metadataDocuments: { enabled: true, allowHosts: [], denyHosts: [] },
    allowedOrigins: ['loopback'],
    brand: { name: 'Gatehouse', accentColor: '#1d4ed8' },
    servers: [{ id: 'todo', scopes: [{ name: 'todo:read', implies: [], optional: false }, { optional: true }] }],
  });
});

test('metadata documents are let in as the props say', () => {
  const hosts = {
    metadataDocumentAllowHosts: ['claude.ai', '*.corp.example'],
    metadataDocumentDenyHosts: ['localhost'],
  };
  expect(settingsOf({ servers: [server()], ...hosts }).metadataDocuments).toEqual({
    enabled: true,
    allowHosts: ['claude.ai', '*.corp.example'],
    denyHosts: ['localhost'],
  });
  expect(settingsOf({ servers: [server()], metadataDocuments: false }).metadataDocuments.enabled).toBe(false);
});

test('a scope may imply its siblings by pattern', () => {
  const all = scope({ name: 'todo:all', implies: ['todo:*'] });
  expect(() => settingsOf({ servers: [server({ scopes: [...todoServer.scopes, all] })] })).not.toThrow();
});

test('AS-53 AS-54 pushing and types of details reach the settings, and are absent by default', () => {
  const { authorizationDetailTypes: _, ...bare } = server();
  const plain = settingsOf({ servers: [bare] });
  expect(plain).not.toHaveProperty('requirePushedAuthorizationRequests');
  expect(plain.servers[0]).not.toHaveProperty('authorizationDetailTypes');
  const given = settingsOf({
    servers: [server({ authorizationDetailTypes: ['mcp_tools', 'https://example.com/types/folder'] })],
    requirePushedAuthorizationRequests: true,
  });
  expect(given.requirePushedAuthorizationRequests).toBe(true);
  expect(given.servers[0]?.authorizationDetailTypes).toEqual(['mcp_tools', 'https://example.com/types/folder']);
});

test('AS-73 F-E4 limits have defaults, one by one, and can be switched off', () => {
  const { rateLimits } = settingsOf({ servers: [server()], rateLimits: { calls: { rps: 0.5, burst: 3 } } });
  expect(rateLimits).toMatchObject({ calls: { rps: 0.5, burst: 3 }, registration: { rps: 5, burst: 150 } });
  expect(settingsOf({ servers: [server()] }).rateLimits).toMatchObject({ client: { rps: 20, burst: 200 } });
  expect(settingsOf({ servers: [server()], rateLimits: false })).not.toHaveProperty('rateLimits');
});

test('D5 X-DPOP1 the windows of single clients and the nonce policy reach the settings; without them nothing changes', () => {
  const refreshReplayWindows = { 'claude.ai': Duration.minutes(5), dcr_x: Duration.seconds(0) };
  const settings = settingsOf({ servers: [todoServer], refreshReplayWindows, dpopNonce: true });
  expect(settings.lifetimes.refreshReplayWindows).toEqual({ 'claude.ai': 300, dcr_x: 0 });
  expect(settings.dpopNonce).toBe(true);
  const plain = settingsOf({ servers: [todoServer] });
  expect(plain.lifetimes.refreshReplayWindows ?? {}).toEqual({});
  expect(plain.dpopNonce ?? false).toBe(false);
});
