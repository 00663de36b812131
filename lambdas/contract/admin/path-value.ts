/**
 * How a key travels in a path. Client ids may be URLs and subjects anything; API Gateway and CloudFront do not keep an
 * escaped slash. So a key that is not plain goes as `~` and its base64url.
 */
export function writePathValue(value: string): string {
  return /^[A-Za-z0-9._-]{1,200}$/.test(value) && value !== '.' && value !== '..'
    ? value
    : `~${Buffer.from(value).toString('base64url')}`;
}

/** @returns undefined if no key is written so */
export function readPathValue(segment: string): string | undefined {
  const value = segment.startsWith('~') ? Buffer.from(segment.slice(1), 'base64url').toString() : segment;
  return value !== '' && writePathValue(value) === segment ? value : undefined;
}
