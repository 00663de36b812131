import { chatgpt } from './chatgpt.ts';
import type { ClientShape } from './client-shape.ts';

export const chatgptUnsigned: ClientShape = {
  ...chatgpt,
  name: 'ChatGPT, without signing',
  peculiarity: 'the same document, by its other method',
  seen: 'kody#1905, sentry-mcp#1271',
  auth: 'none',
};
