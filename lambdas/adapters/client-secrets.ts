import type { ClientSecrets } from '../core/ports/client-secrets.ts';
import { UnknownReaders } from '../core/ports/client-secrets.ts';
import { digest } from '../core/digest.ts';
import type { CallConfig } from './signed-call.ts';
import { CallError, signedCall } from './signed-call.ts';

interface Answer {
  readonly ARN?: string;
  readonly VersionIdsToStages?: Readonly<Record<string, readonly string[]>>;
}

type Action =
  | 'CreateSecret'
  | 'PutSecretValue'
  | 'DescribeSecret'
  | 'UpdateSecretVersionStage'
  | 'PutResourcePolicy'
  | 'DeleteResourcePolicy'
  | 'DeleteSecret';

const current = 'AWSCURRENT';
/** Rounds until a label is moved; each is one more change at the same time. */
const most = 5;

/**
 * Secrets of clients in Secrets Manager. The id of a version is the digest of its secret, so that a repeated call
 * changes nothing, and whose secret is current can be seen without reading one: no function may read them.
 * @param prefix of their names, with a trailing slash; the client id follows
 * @param config overrides, for tests
 */
export function clientSecrets(prefix: string, config: CallConfig = {}): ClientSecrets {
  const call = (action: Action, body: Readonly<Record<string, unknown>>): Promise<Answer> =>
    signedCall({ service: 'secretsmanager', target: `secretsmanager.${action}`, body }, config);
  const nameOf = (clientId: string): string => `${prefix}${clientId}`;
  const versionsOf = async (clientId: string): Promise<[string, readonly string[]][]> => {
    const answer = await unless('ResourceNotFoundException', call('DescribeSecret', { SecretId: nameOf(clientId) }));
    return Object.entries(answer?.VersionIdsToStages ?? {});
  };

  return {
    async put(clientId, secret) {
      const [name, value] = [nameOf(clientId), { SecretString: secret, ClientRequestToken: digest(secret) }];
      const place = () => call('PutSecretValue', { SecretId: name, ...value });
      const Description = `Gatehouse: secret of the client ${clientId}`;
      const make = () => call('CreateSecret', { Name: name, Description, ...value });
      const { ARN = name } =
        (await unless('ResourceNotFoundException', place())) ??
        // It may have been made meanwhile, also by an attempt of ours whose answer was lost.
        (await unless('ResourceExistsException', make())) ??
        (await place());
      return ARN;
    },

    async isCurrent(clientId, secretDigest) {
      return (await versionsOf(clientId)).some(([id, stages]) => id === secretDigest && stages.includes(current));
    },

    async makeCurrent(clientId, secretDigest) {
      for (let round = 0; round < most; round += 1) {
        const versions = await versionsOf(clientId);
        const [holder] = versions.find(([, stages]) => stages.includes(current)) ?? [];
        if (holder === secretDigest || !versions.some(([id]) => id === secretDigest)) return;
        const move = { VersionStage: current, MoveToVersionId: secretDigest, RemoveFromVersionId: holder };
        const answer = call('UpdateSecretVersionStage', { SecretId: nameOf(clientId), ...move });
        // Somebody else moved it first.
        if (await unless('InvalidParameterException', answer)) return;
      }
    },

    async allow(clientId, readers) {
      const SecretId = nameOf(clientId);
      if (readers.length === 0) {
        await unless('ResourceNotFoundException', call('DeleteResourcePolicy', { SecretId }));
        return;
      }
      const policy = { SecretId, ResourcePolicy: policyFor(readers), BlockPublicPolicy: true };
      await call('PutResourcePolicy', policy).catch((error: unknown) => {
        // AWS turns each name into the principal's inner id, and cannot where there is none.
        throw isKind(error, 'MalformedPolicyDocumentException')
          ? new UnknownReaders('unknown', { cause: error })
          : error;
      });
    },

    async remove(clientId) {
      // Without time to recover it: what it opened is gone.
      const gone = call('DeleteSecret', { SecretId: nameOf(clientId), ForceDeleteWithoutRecovery: true });
      await unless('ResourceNotFoundException', gone);
    },
  };
}

function policyFor(readers: readonly string[]): string {
  const Statement = [
    { Effect: 'Allow', Principal: { AWS: readers }, Action: 'secretsmanager:GetSecretValue', Resource: '*' },
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

function isKind(error: unknown, kind: string): boolean {
  return error instanceof CallError && error.kind === kind;
}

/** Undefined if AWS answers with this exception. */
function unless<T>(kind: string, answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (isKind(error, kind)) return undefined;
    throw error;
  });
}
