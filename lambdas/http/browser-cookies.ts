import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';

/** Random bytes as base64url; anything else is not ours. */
const wellFormed = /^[A-Za-z0-9_-]{32,128}$/;

export type CookieName = 'browser' | 'session';

/**
 * The cookies that bind a browser to its requests (`browser`) and remember who is signed in (`session`). Over https
 * they are `__Host-`: no other host or path of the domain can plant one. Over http, which only a laptop uses, browsers
 * would refuse that prefix.
 */
export function browserCookies(issuer: string): {
  read(context: Context, name: CookieName): string | undefined;
  write(name: CookieName, value: string, seconds: number): string;
} {
  const secure = issuer.startsWith('https:');
  const nameOf = (name: CookieName) => `${secure ? '__Host-' : ''}gatehouse-${name}`;
  return {
    read(context, name) {
      const value = getCookie(context, nameOf(name));
      return value !== undefined && wellFormed.test(value) ? value : undefined;
    },
    write(name, value, seconds) {
      const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
      return `${nameOf(name)}=${value}; ${attributes}`;
    },
  };
}
