import type { ClientShape } from './client-shape.ts';

/** What became of each step of a client: `✓`, or the reason why not. */
export type Row = readonly string[];

/** The text of docs/clients.md. */
export function clientsPage(
  clients: readonly ClientShape[],
  steps: readonly string[],
  rows: ReadonlyMap<ClientShape, Row>,
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const header = [line(['Client', ...steps]), line(['---', ...steps.map(() => ':-:')])];
  const table = clients.map((client) => line([client.name, ...(rows.get(client) ?? [])]));
  const notes = clients.map(({ name, peculiarity, seen }) => `- **${name}** ${peculiarity}. Seen: ${seen}.`);
  return `${[
    '# Clients',
    '',
    'Each row replays what was seen of a client on the wire: what it registers or publishes, the redirect URI that it',
    'really uses, its parameters, its way to authenticate, its headers. Each cell is a test. Clients that can be run',
    'without a person are also run themselves: mcp-remote, the Inspector and both lines of the SDK.',
    '`npx vitest run test/conformance/clients.test.ts -u` writes this page; the test run fails if it would change.',
    '',
    ...header,
    ...table,
    '',
    '## What is special about each',
    '',
    ...notes,
    '',
    '## What the steps are',
    '',
    '- **Discovery**: from the bare URL by the 401 and the resource metadata to the server metadata.',
    '- **Registration**: dynamic, with every member echoed that matters, or by a metadata document.',
    '- **Authorization**: sign-in, consent, and back to exactly the address that was asked for, with `code`, `state`, `iss`.',
    '- **Tokens**: the code for a token of the right audience and scope, and a refresh token.',
    '- **MCP call**: the first request of its protocol revision.',
    '- **Refresh**: all at once where it runs several times; the same successor for all, and the scope as it was.',
    '- **Second connect**: everything again in the same browser; nobody signs in twice, and the first connection goes on.',
  ].join('\n')}\n`;
}
