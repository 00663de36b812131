/**
 * The client that a request says it is, for the record of a refusal: nothing is proven by it.
 * @returns undefined if it says nothing, or nothing that can be read
 */
export function claimedClient(request: {
  readonly params: URLSearchParams;
  readonly authorizationHeader?: string;
}): string | undefined {
  const named = request.params.get('client_id');
  if (named) return named;
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(request.authorizationHeader ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id, secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  // Without a colon it is not known which half it is.
  return secret === undefined ? undefined : id;
}
