import { AwsError } from './service.ts';

const shape = /^AWS4-HMAC-SHA256 .*Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request\b/;

/** Who signed a request (Signature Version 4). The signature itself is not checked: everybody here is local. */
export function readCredential(authorization: string | undefined): { accessKeyId: string; region: string } {
  const [, accessKeyId, region] = shape.exec(authorization ?? '') ?? [];
  if (accessKeyId && region) return { accessKeyId, region };
  throw new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token', { status: 403 });
}
