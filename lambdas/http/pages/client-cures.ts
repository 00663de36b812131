import type { Html } from './html.ts';
import { html } from './html.ts';
import type { KnownClient } from './likely-clients.ts';

interface Cure {
  /** @default the name of the client */
  readonly title?: string;
  readonly steps: Html;
}

/** Where each MCP client keeps the registration that it must forget (clients.md pain 2). */
const cures: Readonly<Record<KnownClient, Cure>> = {
  Claude: {
    title: 'Claude (web, desktop, mobile)',
    steps: html`Settings → Connectors: remove this connector, then add it again.`,
  },
  'Claude Code': {
    steps: html`Type <code>/mcp</code>, choose this server, then “Clear authentication”, then “Authenticate”.`,
  },
  ChatGPT: {
    steps: html`Settings → Connectors: delete this connector and create it again.`,
  },
  Cursor: {
    steps: html`Settings → MCP: log out of this server, or delete its entry in <code>~/.cursor/mcp.json</code> and add
      it again.`,
  },
  'VS Code': {
    steps: html`Run the command “Authentication: Remove Dynamic Authentication Providers”, then restart the server.`,
  },
  'GitHub Copilot CLI': {
    steps: html`Run <code>rm -rf ~/.copilot/mcp-oauth-config</code> and start it again.`,
  },
  'Codex CLI': {
    steps: html`Run <code>codex mcp logout NAME</code>, then <code>codex mcp login NAME</code>, with your name for this
      server.`,
  },
  'Gemini CLI': {
    steps: html`Type <code>/mcp auth NAME</code>, with your name for this server. If that does not help, delete
      <code>~/.gemini/mcp-oauth-tokens.json</code>.`,
  },
  'mcp-remote': {
    steps: html`Run <code>rm -rf ~/.mcp-auth</code> and start it again.`,
  },
  'MCP Inspector': {
    steps: html`Open the authentication settings, choose “Clear OAuth State”, then connect.`,
  },
};

/**
 * What to do in each client: those that are probably meant first, apart from the others.
 * @param likely best first
 */
export function clientCures(likely: readonly KnownClient[] = []): Html {
  const others = (Object.keys(cures) as KnownClient[]).filter((client) => !likely.includes(client));
  if (likely.length === 0) return list(others);
  return html`${list(likely)}
    <h2>If it is another app</h2>
    ${list(others)}`;
}

function list(clients: readonly KnownClient[]): Html {
  return html`<ul class="cures">
    ${clients.map((client) => html`<li><strong>${cures[client].title ?? client}</strong>${cures[client].steps}</li>`)}
  </ul>`;
}
