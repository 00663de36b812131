/** Where a request came from, as far as it can be known. */
export interface RequestOrigin {
  /** Of the viewer. */
  readonly address?: string;
  /** Of whoever connected to API Gateway, where that is another address: CloudFront, or one that went around it. */
  readonly connection?: string;
  /** At most 200 characters, without control characters. */
  readonly userAgent?: string;
}

type Lines = Readonly<Record<string, readonly (string | undefined)[] | string | null | undefined>>;

interface GatewayEvent {
  readonly headers?: Lines | null;
  readonly multiValueHeaders?: Lines | null;
  readonly requestContext?: { readonly identity?: { readonly sourceIp?: string } };
}

/**
 * Reads the origin of a request from an event of API Gateway.
 *
 * `sourceIp` is the other end of the TCP connection, and nobody can forge it. Behind CloudFront that is CloudFront, which
 * wrote the address that connected to it at the end of `X-Forwarded-For`, before API Gateway added CloudFront's own: so
 * the last but one is the viewer's, whatever the viewer sent in front of it. Who calls the API directly can write that
 * one too, but then `connection` is an address of his own and none of CloudFront's published ones. Without CloudFront
 * the header says nothing and is not read.
 */
export function requestOrigin(event: unknown, edge: 'cloudfront' | 'none' = 'none'): RequestOrigin {
  const known = (event ?? {}) as GatewayEvent;
  const connection = known.requestContext?.identity?.sourceIp;
  const hops = header(known, 'x-forwarded-for')?.split(',') ?? [];
  const viewer = edge === 'cloudfront' ? addressIn(hops.at(-2)) : undefined;
  const address = viewer ?? connection;
  const userAgent = plain(header(known, 'user-agent') ?? '');
  return {
    ...(address !== undefined && { address }),
    ...(connection !== undefined && connection !== address && { connection }),
    ...(userAgent !== '' && { userAgent }),
  };
}

/** All lines of a header in one, as a list is written. */
function header({ headers, multiValueHeaders }: GatewayEvent, name: string): string | undefined {
  for (const lines of [multiValueHeaders, headers]) {
    const found = Object.entries(lines ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
    if (found) return [found].flat().join(',');
  }
  return undefined;
}

/** An IPv4 or IPv6 address, without the port that CloudFront never writes. */
function addressIn(hop: string | undefined): string | undefined {
  return /^[0-9a-fA-F.:]{2,45}$/.exec(hop?.trim() ?? '')?.[0];
}

function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '').slice(0, 200);
}
