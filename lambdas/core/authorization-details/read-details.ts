import type { AuthorizationDetail } from '../authorization-request.ts';
import { parameter } from '../parameters.ts';
import { invalidDetails } from './invalid-details.ts';

/** Levels of objects and arrays; what people can still read on the consent page, and tables can store. */
const deepest = 8;

/**
 * Reads `authorization_details` (RFC 9396 §2): a JSON array of objects that each have a `type`.
 * @returns undefined if the request has none
 * @throws OAuthError invalid_authorization_details; invalid_request if it is repeated or too long
 */
export function readDetails(params: URLSearchParams): readonly AuthorizationDetail[] | undefined {
  const text = parameter(params, 'authorization_details');
  if (text === undefined) return undefined;
  const details = parse(text);
  // An empty list could be taken for everything as well as for nothing.
  if (!Array.isArray(details) || details.length === 0) {
    throw invalidDetails('send a JSON array with at least one object, or leave the parameter out');
  }
  return details.map((detail: unknown) => checked(detail));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidDetails('is not JSON');
  }
}

function checked(detail: unknown): AuthorizationDetail {
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) {
    throw invalidDetails('each element must be an object');
  }
  const { type } = detail as { readonly type?: unknown };
  if (typeof type !== 'string' || type === '') throw invalidDetails('each element must have a type');
  checkValue(detail, deepest);
  return detail as AuthorizationDetail;
}

/** Whatever would not come back from tables and tokens as it was sent is refused, because what is echoed is promised. */
function checkValue(value: unknown, levels: number): void {
  if (levels === 0) throw invalidDetails(`is nested deeper than ${deepest} levels; flatten it`);
  if (typeof value === 'string' && !value.isWellFormed())
    throw invalidDetails('holds half a character; encode it again');
  if (typeof value === 'number' && !isExact(value))
    throw invalidDetails('holds a number that is not exact; send a string');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value) && !isName(name)) throw invalidDetails('has a member without a usable name');
    checkValue(member, levels - 1);
  }
}

function isName(name: string): boolean {
  return name !== '' && name !== '__proto__' && name.isWellFormed();
}

// JSON knows 1e400 and 9007199254740993, doubles do not; tables keep 38 digits and powers of ten up to 125.
function isExact(value: number): boolean {
  const size = Math.abs(value);
  return value === 0 || (size <= Number.MAX_SAFE_INTEGER && size >= 1e-100);
}
