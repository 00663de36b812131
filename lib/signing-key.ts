import { CustomResource, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { signingKeyTag } from '../lambdas/contract/signing-key-tag.ts';
import { acknowledgePattern } from './acknowledge.ts';
import type { GatehouseProps } from './gatehouse-props.ts';
import type { RuntimeFunction } from './runtime-function.ts';
import type { StageDefaults } from './stage-defaults.ts';

type SigningAlgorithm = NonNullable<GatehouseProps['signingAlgorithm']>;

/** JWS algorithm → what KMS calls the key and the signature. */
const inKms = {
  RS256: { keySpec: KeySpec.RSA_2048, signature: 'RSASSA_PKCS1_V1_5_SHA_256' },
  ES256: { keySpec: KeySpec.ECC_NIST_P256, signature: 'ECDSA_SHA_256' },
  EdDSA: { keySpec: KeySpec.ECC_NIST_EDWARDS25519, signature: 'ED25519_SHA_512' },
} as const satisfies Record<SigningAlgorithm, { keySpec: KeySpec; signature: string }>;

export interface SigningKeyProps {
  readonly algorithm: SigningAlgorithm;
  /** Signs access tokens. */
  readonly token: RuntimeFunction<'token'>;
  /** Writes the key into the table of signing keys. */
  readonly keyRotation: RuntimeFunction<'key-rotation'>;
  /** Makes other keys at run time, for administrators. */
  readonly admin: RuntimeFunction<'admin'>;
  readonly stage: StageDefaults;
}

/** The key that signs access tokens. Its private half never leaves KMS. */
export class SigningKey extends Construct {
  constructor(scope: Construct, id: string, props: SigningKeyProps) {
    super(scope, id);
    const { algorithm, token, keyRotation, admin, stage } = props;
    const signature = { 'kms:SigningAlgorithm': inKms[algorithm].signature };
    // KMS cannot change the kind of a key, so the name of the resource changes with it.
    const key = new Key(this, `Key${algorithm}`, {
      description: `Gatehouse: signs access tokens (${algorithm})`,
      keySpec: inKms[algorithm].keySpec,
      keyUsage: KeyUsage.SIGN_VERIFY,
      alias: `alias/${Stack.of(this).stackName}/signing/${algorithm}`,
      // A deleted key is lost for ever: everybody signs in again.
      removalPolicy: stage.removalPolicy,
      ...(stage.removalPolicy === RemovalPolicy.DESTROY && { pendingWindow: Duration.days(7) }),
    });
    Tags.of(key).add(signingKeyTag, Stack.of(this).stackName);
    keyRotation.allow(['kms:GetPublicKey'], key.keyArn);
    const record = new CustomResource(this, 'Record', {
      resourceType: 'Custom::SigningKey',
      serviceToken: keyRotation.handler.functionArn,
      properties: { keyArn: key.keyArn, algorithm },
    });
    const right = new Policy(this, 'Sign', {
      roles: [token.role],
      statements: [
        new PolicyStatement({
          actions: ['kms:Sign'],
          resources: [key.keyArn],
          conditions: { StringEquals: signature },
        }),
        new PolicyStatement({
          actions: ['kms:Sign'],
          resources: [anyKey(this)],
          conditions: { StringEquals: { ...signature, ...tagged(this, 'ResourceTag') } },
        }),
      ],
    });
    // Another algorithm is another key: it is published before the right to sign with the old one goes, so that at no
    // moment of a deployment tokens cannot be signed.
    right.node.addDependency(record);
    letRotate(admin, algorithm);
    const reason = 'Signing keys that are made at run time, by the tag that names this stack.';
    for (const role of [right, admin.role]) acknowledgePattern(role, anyKey(this), reason);
    acknowledgePattern(admin.role, '*', 'To make a key names none; its tag and its kind are conditions.');
  }
}

/**
 * Lets administration make signing keys of this stack, and read public halves. It can delete no key and sign with none,
 * and cannot take a key from another stack by giving it the tag of this one.
 */
function letRotate(admin: RuntimeFunction<'admin'>, algorithm: SigningAlgorithm): void {
  const tag = tagged(admin, 'RequestTag');
  const kind = { 'kms:KeySpec': inKms[algorithm].keySpec, 'kms:KeyUsage': KeyUsage.SIGN_VERIFY };
  // https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html: CreateKey has no resource.
  admin.allow(['kms:CreateKey'], '*', { StringEquals: { ...kind, ...tag } });
  const orOurs = { StringEqualsIfExists: tagged(admin, 'ResourceTag') };
  admin.allow(['kms:TagResource'], anyKey(admin), { StringEquals: tag, ...orOurs });
  // By its kind, because KMS may take minutes to honour a new tag, and the public half is read at once.
  admin.allow(['kms:GetPublicKey'], anyKey(admin), { StringEquals: kind });
}

function tagged(scope: Construct, of: 'RequestTag' | 'ResourceTag'): Record<string, string> {
  return { [`aws:${of}/${signingKeyTag}`]: Stack.of(scope).stackName };
}

function anyKey(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'kms', resource: 'key', resourceName: '*' });
}
