/** Where the metadata of the server at `path` is published (RFC 9728 §3.1). `issuer` may be an unresolved CDK token. */
export function resourceMetadataUrl(issuer: string, path: string): string {
  return `${issuer}/.well-known/oauth-protected-resource${path}`;
}
