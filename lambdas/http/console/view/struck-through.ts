import type { Child } from '../../pages/html.ts';
import { html } from '../../pages/html.ts';
import type { Row } from '../console-desk.ts';

/** States of what has ended and stays as history. */
const ended: readonly unknown[] = ['revoked', 'expired'];

/** The name of a row; struck through where it has ended (F-B4). Its state says so in a word. */
export function struckThrough(name: Child, { state }: Row): Child {
  return ended.includes(state) ? html`<s>${name}</s>` : name;
}
