import type { Html } from '../pages/html.ts';
import { html } from '../pages/html.ts';
import type { CredentialCase, Deployment, ExampleServer } from './credential-case.ts';
import { toolsList } from './people-cases.ts';

/** Where no person is there. */
export function programCases(deployment: Deployment): readonly CredentialCase[] {
  const { issuer, withToken, withKey } = deployment;
  return [
    ...(withKey ? [automation(withKey)] : []),
    ...(withToken ? [...machine(issuer, withToken), ...forSomebody(deployment, withToken)] : []),
  ];
}

function automation({ id, url, permission }: ExampleServer): CredentialCase {
  return {
    id: 'automation',
    who: 'CI, a nightly job, a program',
    credential: 'An API key that stands for the program',
    how: ['An administrator makes it. It prints once; keep it where your CI keeps its secrets.'],
    blocks: [
      `npx gatehouse keys create --name 'Nightly report' \\\n  --servers ${id} --permissions ${permission} --expires 90d`,
      toolsList(url, '$GATEHOUSE_KEY'),
    ],
  };
}

function machine(issuer: string, { url, scope }: ExampleServer): readonly CredentialCase[] {
  const create = (name: string) =>
    `npx gatehouse clients create --client-name ${name}${scope === undefined ? '' : ` --scopes ${scope}`}`;
  const token = [
    `curl ${issuer}/token -u "$CLIENT_ID:$CLIENT_SECRET"`,
    '-d grant_type=client_credentials',
    `--data-urlencode resource=${url}`,
  ].join(' \\\n  ');
  return [
    {
      id: 'machine',
      who: 'A program that speaks OAuth',
      credential: 'A machine client (client credentials)',
      how: ['An administrator registers it without a redirect URI. Its secret gets it tokens that end after an hour.'],
      blocks: [create('Billing'), token],
    },
    {
      id: 'aws',
      who: 'A workload in AWS: a Lambda function, a task, an instance',
      credential: 'A machine client whose secret IAM guards',
      how: [
        html`The secret lies in Secrets Manager, and the roles that you name may read it: nothing is copied anywhere.
          <code>npx gatehouse clients get CLIENT</code> names its ARN.`,
      ],
      blocks: [
        `${create('Invoices')} \\\n  --secret-readers arn:aws:iam::123456789012:role/invoices`,
        'aws secretsmanager get-secret-value --secret-id "$SECRET_ARN" --query SecretString --output text',
      ],
    },
  ];
}

function forSomebody({ issuer, trustedIssuers }: Deployment, { url }: ExampleServer): readonly CredentialCase[] {
  const grant = (type: string, ...more: readonly string[]) =>
    [
      `curl ${issuer}/token -u "$CLIENT_ID:$CLIENT_SECRET"`,
      `-d grant_type=urn:ietf:params:oauth:grant-type:${type}`,
      ...more.map((parameter) => `--data-urlencode ${parameter}`),
    ].join(' \\\n  ');
  return [
    {
      id: 'enterprise',
      who: 'Agents that your enterprise manages',
      credential: 'Identity assertions (ID-JAG)',
      how: [
        trustedIssuers.length > 0
          ? html`The agent exchanges an assertion of ${trustedIssuers.join(', ')} for a token, and nobody is asked.
            ${inStack('jwt-bearer')}`
          : html`Your identity provider vouches for the person, and nobody is asked. None is trusted here yet:
              <code>trustedIssuers</code> in <code>bin/gatehouse.ts</code> names it. ${inStack('jwt-bearer')}`,
      ],
      blocks: [grant('jwt-bearer', 'assertion="$ID_JAG"')],
    },
    {
      id: 'exchange',
      who: 'A server that calls another one for the same person',
      credential: 'Token exchange',
      how: [
        'With the token that it was called with, it gets a narrower one, or one for another server of that consent.',
      ],
      blocks: [
        grant(
          'token-exchange',
          'subject_token="$TOKEN"',
          'subject_token_type=urn:ietf:params:oauth:token-type:access_token',
          `resource=${url}`,
        ),
      ],
    },
  ];
}

/** Whoever gets tokens that were not given to it is named by the team. */
function inStack(grantType: string): Html {
  return html`The client is one of <code>clients</code> in <code>bin/gatehouse.ts</code>, with the grant type
    <code>${grantType}</code>.`;
}
