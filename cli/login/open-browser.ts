import { spawn } from 'node:child_process';

/** Opens a page in the person's browser, if there is one. The address was judged: http or https only. */
export function openBrowser(url: URL): void {
  const [command, ...words] = opener(url.href);
  if (command === undefined) return;
  const child = spawn(command, words, { stdio: 'ignore', detached: true });
  // The address is printed too; nothing more can be done.
  child.on('error', () => undefined);
  child.unref();
}

function opener(url: string): readonly string[] {
  if (process.platform === 'darwin') return ['open', url];
  // Not `start`: cmd would read the & of the query.
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}
