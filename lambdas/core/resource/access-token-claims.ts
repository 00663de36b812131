import type { AuthorizationDetail } from '../authorization-request.ts';

/** RFC 8693 §4.1. */
export interface Actor {
  readonly sub: string;
  readonly act?: Actor;
}

/** What a verified access token says (RFC 9068 §2.2); every member was checked. */
export interface AccessTokenClaims {
  readonly iss: string;
  /** The person, or the client itself for machine grants. */
  readonly sub: string;
  /** The resource identifier of the one server for which the token is good. */
  readonly aud: string;
  readonly clientId: string;
  readonly jti: string;
  /** Grant id: what the guard asks the store about (D9). */
  readonly gid: string;
  /** Space-separated scopes, implied ones not expanded. */
  readonly scope: string;
  /** RFC 7800 §3.1 with RFC 9449 §6: the token is good only with a proof of this key. */
  readonly cnf?: { readonly jkt: string };
  /** RFC 8693 §4.1: who acts for `sub`, the latest actor outermost. */
  readonly act?: Actor;
  /** RFC 9396 §9.1. */
  readonly authorizationDetails?: readonly AuthorizationDetail[];
  /** Epoch seconds. */
  readonly iat: number;
  /** Epoch seconds; the token is dead from this second on. */
  readonly exp: number;
}
