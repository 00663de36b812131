import { OAuthError } from './errors.ts';

/** Longest values that are read, in characters. A browser's address line and API Gateway's 10 KB of headers end soon after. */
const limits: Readonly<Record<string, number>> = {
  nonce: 512,
  login_hint: 320,
  state: 4096,
  scope: 4096,
  client_assertion: 8192,
  assertion: 8192,
  subject_token: 8192,
  token: 8192,
  authorization_details: 8192,
};
const defaultLimit = 2048;

/** How many values of a parameter that may repeat are read, unless the reader says more. */
const mostValues = 16;

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const control = /[\x00-\x1f\x7f-\x9f]/;

function checked(name: string, value: string): string {
  const limit = limits[name] ?? defaultLimit;
  if (value.length > limit) {
    throw new OAuthError('invalid_request', `${name} is longer than ${limit} characters; shorten it`);
  }
  if (control.test(value)) {
    throw new OAuthError('invalid_request', `${name} contains control characters; remove them`);
  }
  return value;
}

/**
 * The value of a request parameter; undefined if it is missing or empty.
 * @throws OAuthError invalid_request if it is repeated, too long or holds control characters
 */
export function parameter(params: URLSearchParams, name: string): string | undefined {
  const values = params.getAll(name);
  // OAuth 2.1 §3.1, §3.2: parameters must not be included more than once; without a value they count as omitted.
  if (values.length > 1) {
    throw new OAuthError('invalid_request', `${name} was sent ${values.length} times; send it once`, {
      reason: 'repeated_parameter',
    });
  }
  return values[0] ? checked(name, values[0]) : undefined;
}

/**
 * The values of a parameter that a standard lets repeat, without empty ones and duplicates.
 * @param most how many values are read
 * @throws OAuthError invalid_request if there are too many or one is too long or holds control characters
 */
export function parameterValues(params: URLSearchParams, name: string, most = mostValues): readonly string[] {
  const values = [...new Set(params.getAll(name))].filter((value) => value !== '');
  if (values.length > most) {
    throw new OAuthError('invalid_request', `${name} was sent with more than ${most} values; send fewer`);
  }
  return values.map((value) => checked(name, value));
}

/**
 * The value of a parameter that must be there.
 * @throws OAuthError invalid_request if it is missing, repeated, too long or holds control characters
 */
export function requiredParameter(params: URLSearchParams, name: string): string {
  const value = parameter(params, name);
  if (value === undefined) throw new OAuthError('invalid_request', `${name} is missing; send it`);
  return value;
}
