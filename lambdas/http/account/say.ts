import type { Html } from '../pages/html.ts';
import type { AccountDesk, Visit } from './account-desk.ts';

interface Options {
  /** @default 200 */
  readonly status?: number;
  readonly script?: string;
}

/** Sends a page to the person who is signed in. */
export function say({ desk, who }: Visit, title: string, content: Html, options: Options = {}): Response {
  const { person, csrf } = who;
  const name = person.name ?? person.email ?? person.sub;
  const { script, ...rest } = options;
  const page = { title, content, links: desk.links, person: { name, csrf }, ...(script !== undefined && { script }) };
  return desk.send(page, { ...rest, formAction: [], deadEnd: true, ...(script !== undefined && { script }) });
}

/** Sends a page to nobody in particular. */
export function sayToAnybody(desk: AccountDesk, title: string, content: Html, status = 200): Response {
  return desk.send({ title, content, links: desk.links }, { status, formAction: [], deadEnd: true });
}
