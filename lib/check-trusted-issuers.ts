import { refusal } from './refusal.ts';
import type { TrustProps } from './trusted-issuer-props.ts';

const url = /^https:\/\/[^?#\s]+$/;

/** Everything that is wrong with the issuers that are trusted; empty if nothing is. */
export function checkTrustedIssuers(
  props: TrustProps & { readonly servers: readonly { readonly scopes: readonly { readonly name: string }[] }[] },
): string[] {
  const { trustedIssuers = [], servers } = props;
  const known = servers.flatMap((server) => server.scopes.map(({ name }) => name));
  return trustedIssuers.flatMap(({ issuer, jwksUri, scopes = [] }, index) => {
    const prop = `trustedIssuers[${index}]`;
    const earlier = trustedIssuers.slice(0, index).map((other) => other.issuer);
    return [
      ...wrong(!url.test(issuer), `${prop}.issuer`, issuer, 'an https URL without query and fragment'),
      ...wrong(earlier.includes(issuer), `${prop}.issuer`, issuer, 'an issuer that stands here once'),
      ...wrong(jwksUri !== undefined && !url.test(jwksUri), `${prop}.jwksUri`, jwksUri, 'an https URL'),
      ...scopes.flatMap((scope) => wrong(!known.includes(scope), `${prop}.scopes`, scope, known.join(', '))),
    ];
  });
}

function wrong(isWrong: boolean, prop: string, value: unknown, allowed: string): string[] {
  return isWrong ? [refusal(prop, value, allowed)] : [];
}
