import { describe, expect, test } from 'vitest';
import type { ClientProps, RegistrationProps } from '../../lib/client-props.ts';
import { flat, statements, synthesize } from './synthesize.ts';

const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:service-AbC123';
const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: '1' };
const app: ClientProps = { clientId: 'app', clientName: 'App', redirectUris: ['https://app.example/cb'] };
const machine: ClientProps = {
  clientId: 'nightly-job',
  clientName: 'Nightly job',
  redirectUris: [],
  scopes: ['todo:read'],
};

const template = synthesize({
  stage: 'development',
  initialAccessTokenSecretArn: secretArn.replace('service', 'initial'),
  clients: [
    { ...app, public: true },
    machine,
    { ...machine, clientId: 'signing job', jwks: { keys: [key] } },
    { ...app, clientId: 'web', clientSecretArn: secretArn, grantTypes: ['authorization_code'] },
    { ...app, clientId: 'web.2', jwksUri: 'https://app.example/jwks' },
  ],
});
const clients = template.of('Custom::Client').map(([id, { Properties }]) => ({
  id,
  secretArn: Properties['secretArn'] as unknown,
  token: flat(Properties['ServiceToken']),
  metadata: JSON.parse(flat(Properties['metadata'])) as Record<string, unknown>,
}));
const client = (clientId: string) => clients.find(({ metadata }) => metadata['client_id'] === clientId)!;

describe('F-A4 clients of the administrator', () => {
  test('F-B7 a public terminal needs no address: people sign in for it by a code', () => {
    const grantTypes = ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'];
    const terminal: ClientProps = { ...app, clientId: 'terminal', redirectUris: [], public: true, grantTypes };
    const made = synthesize({ stage: 'development', clients: [terminal] }).of('Custom::Client');
    expect(made.map(([, { Properties }]) => JSON.parse(flat(Properties['metadata'])) as unknown)).toEqual([
      expect.objectContaining({ client_id: 'terminal', token_endpoint_auth_method: 'none', grant_types: grantTypes }),
    ]);
  });

  test('each is a resource in the words of RFC 7591, written by one function', () => {
    expect(clients).toHaveLength(5);
    for (const { token } of clients) expect(token).toMatch(/^\$\{FunctionsClientRegistrarHandler\w+\.Arn\}$/);
    expect(client('app').metadata).toEqual({
      client_id: 'app',
      client_name: 'App',
      redirect_uris: ['https://app.example/cb'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
    });
    expect(client('nightly-job').metadata).toMatchObject({
      redirect_uris: [],
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'todo:read',
    });
    expect(client('web').metadata['grant_types']).toEqual(['authorization_code']);
    expect(client('signing job').metadata).toMatchObject({
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [key] },
    });
    expect(client('web.2').metadata).toMatchObject({ jwks_uri: 'https://app.example/jwks' });
  });

  test('names in the template follow from the ids, whatever their order', () => {
    expect(clients.map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'Clientsapp',
      expect.stringMatching(/^Clientsnightlyjob[0-9a-f]{8}$/),
      expect.stringMatching(/^Clientssigningjob[0-9a-f]{8}$/),
      'Clientsweb',
      expect.stringMatching(/^Clientsweb2[0-9a-f]{8}$/),
    ]);
  });

  test('who has no secret, and needs one, gets one, and its ARN is an output; no secret is in the template', () => {
    const made = template.of('AWS::SecretsManager::Secret').filter(([id]) => id.startsWith('Clients'));
    expect(made).toHaveLength(1);
    const [[id, secret] = []] = made;
    expect(secret?.Properties['GenerateSecretString']).toMatchObject({ PasswordLength: 48 });
    expect(flat(client('nightly-job').secretArn)).toBe(`\${${id}}`);
    const outputs = Object.entries(template.outputs).filter(([name]) => name.startsWith('ClientSecret'));
    expect(outputs.map(([, { Value }]) => flat(Value))).toEqual([`\${${id}}`]);
    expect(client('web').secretArn).toBe(secretArn);
    for (const name of ['app', 'signing job', 'web.2']) expect(client(name).secretArn).toBeUndefined();
  });

  test('the function may read these secrets and no other', () => {
    const reads = statements(template).filter(({ actions }) => actions.includes('secretsmanager:GetSecretValue'));
    const own = reads.filter(({ policy }) => policy.startsWith('FunctionsClientRegistrar'));
    expect(own.flatMap(({ resources }) => resources).sort()).toEqual(
      [secretArn, flat(client('nightly-job').secretArn)].sort(),
    );
  });

  test('without clients there is none, and no secret and no right to read one', () => {
    const bare = synthesize();
    expect(bare.of('Custom::Client')).toEqual([]);
    const reads = statements(bare).filter(({ actions }) => actions.includes('secretsmanager:GetSecretValue'));
    expect(reads.filter(({ policy }) => /^Functions(ClientRegistrar|Registration)/.test(policy))).toEqual([]);
  });

  test('secrets stay where data stay', () => {
    const production = synthesize({ clients: [machine] });
    const [[, secret] = []] = production.of('AWS::SecretsManager::Secret').filter(([id]) => id.startsWith('Clients'));
    expect(secret?.DeletionPolicy).toBe('Retain');
  });
});

test('F-A4 the initial access token is read by registration alone, by its ARN', () => {
  const arn = secretArn.replace('service', 'initial');
  const [[, handler] = []] = template
    .of('AWS::Lambda::Function')
    .filter(([id]) => id.startsWith('FunctionsRegistrationHandler'));
  expect(handler?.Properties['Environment'].Variables).toMatchObject({ INITIAL_ACCESS_TOKEN_SECRET_ARN: arn });
  const readers = statements(template).filter(({ resources }) => resources.includes(arn));
  expect(readers.map(({ policy }) => policy)).toEqual([expect.stringMatching(/^FunctionsRegistration/)]);
});

describe('F-A4 clients that cannot be registered are refused before anything is built', () => {
  test.each<[string, Partial<ClientProps>]>([
    ['clientId', { clientId: '' }],
    ['clientId', { clientId: 'https://client.example/id' }],
    ['clientId', { clientId: 'HTTPS://client.example/id' }],
    ['clientId', { clientId: 'dcr_mine' }],
    ['clientId', { clientId: 'tab\tbed' }],
    ['clientId', { clientId: 'new\nline' }],
    ['clientId', { clientId: ' padded' }],
    ['clientId', { clientId: 'ümlaut' }],
    ['clientId', { clientId: 'x'.repeat(101) }],
    ['clientName', { clientName: '  ' }],
    ['redirectUris[0]', { redirectUris: ['/cb'] }],
    ['redirectUris[0]', { redirectUris: ['https://app.example/cb#x'] }],
    ['redirectUris', { redirectUris: [], grantTypes: ['authorization_code'] }],
    ['public', { public: true, redirectUris: [] }],
    ['public', { public: true, grantTypes: ['client_credentials'] }],
    ['scopes', { scopes: ['todo:read'] }],
    ['scopes', { redirectUris: [], scopes: ['nobody:knows'] }],
    ['clientSecretArn', { clientSecretArn: 'my secret' }],
    ['clientSecretArn', { clientSecretArn: secretArn.slice(0, -7) }],
    ['jwks', { jwks: { keys: [] } }],
    ['jwksUri', { jwksUri: 'http://app.example/jwks' }],
    ['', { jwksUri: 'https://app.example/jwks', jwks: { keys: [key] } }],
    ['', { public: true, clientSecretArn: secretArn }],
  ])('%s %j', (member, changes) => {
    const prop = `clients[0]${member === '' ? '' : `.${member}`}`;
    expect(() => synthesize({ clients: [{ ...app, ...changes }] })).toThrow(`- ${prop} is `);
  });

  test('two of one id', () => {
    expect(() => synthesize({ clients: [app, { ...machine, clientId: 'app' }] })).toThrow(
      '- clients[1].clientId is "app"',
    );
  });

  test.each<[RegistrationProps]>([
    [{ initialAccessTokenSecretArn: 'secret' }],
    [{ initialAccessTokenSecretArn: secretArn, dynamicRegistration: false }],
  ])('%j', (props) => {
    expect(() => synthesize(props)).toThrow('- initialAccessTokenSecretArn is ');
  });
});
