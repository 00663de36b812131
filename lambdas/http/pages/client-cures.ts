import type { Html } from './html.ts';
import { html } from './html.ts';

interface Cure {
  readonly client: string;
  readonly steps: Html;
}

/** Where each MCP client keeps the registration that it must forget (clients.md pain 2). */
const cures: readonly Cure[] = [
  {
    client: 'Claude (web, desktop, mobile)',
    steps: html`Settings → Connectors: remove this connector, then add it again.`,
  },
  {
    client: 'Claude Code',
    steps: html`Type <code>/mcp</code>, choose this server, then “Clear authentication”, then “Authenticate”.`,
  },
  {
    client: 'ChatGPT',
    steps: html`Settings → Connectors: delete this connector and create it again.`,
  },
  {
    client: 'Cursor',
    steps: html`Settings → MCP: log out of this server, or delete its entry in <code>~/.cursor/mcp.json</code> and add
      it again.`,
  },
  {
    client: 'VS Code',
    steps: html`Run the command “Authentication: Remove Dynamic Authentication Providers”, then restart the server.`,
  },
  {
    client: 'mcp-remote',
    steps: html`Run <code>rm -rf ~/.mcp-auth</code> and start it again.`,
  },
  {
    client: 'MCP Inspector',
    steps: html`Open the authentication settings, choose “Clear OAuth State”, then connect.`,
  },
];

/** A list with one entry for each client. */
export function clientCures(): Html {
  return html`<ul class="cures">
    ${cures.map(({ client, steps }) => html`<li><strong>${client}</strong>${steps}</li>`)}
  </ul>`;
}
