/** A line, or a file, that makes a client use a server. */
export interface Paste {
  /** Name of the client, as people know it. */
  readonly client: string;
  /** Where it goes, in a sentence. */
  readonly where: string;
  /** What to paste, byte for byte. */
  readonly text: string;
}

interface Place {
  /** Id of the server. */
  readonly id: string;
  /** Of its MCP endpoint. May be an unresolved CDK token. */
  readonly url: string;
}

/** In place of a key, which nobody can read again. A header of its own, so that no client takes it for a token. */
const keyHeaders = { 'X-API-Key': 'YOUR_API_KEY' };
const keyFlag = `--header "X-API-Key: ${keyHeaders['X-API-Key']}"`;

/** The line that adds a server to Claude Code. */
export function claudeCodeLine({ id, url }: Place): string {
  return `claude mcp add --transport http ${id} ${url}`;
}

/** The same with an API key. */
export function claudeCodeKeyLine(place: Place): string {
  return `${claudeCodeLine(place)} ${keyFlag}`;
}

/** What to paste where, for clients that sign people in. */
export function pasteLines({ id, url }: Place): readonly Paste[] {
  return [
    { client: 'Claude Code', where: 'In a terminal.', text: claudeCodeLine({ id, url }) },
    {
      client: 'Claude (web, desktop, mobile)',
      where: 'In the settings under Connectors, as a custom connector.',
      text: url,
    },
    { client: 'ChatGPT', where: 'In the settings under Apps & Connectors, in developer mode.', text: url },
    {
      client: 'Cursor',
      where: 'In ~/.cursor/mcp.json, or .cursor/mcp.json of a project.',
      text: file({ mcpServers: { [id]: { url } } }),
    },
    {
      client: 'VS Code',
      where: 'In a terminal.',
      text: `code --add-mcp '${JSON.stringify({ name: id, type: 'http', url })}'`,
    },
    { client: 'mcp-remote', where: 'For clients that know local servers only.', text: `npx mcp-remote ${url}` },
  ];
}

/** The same with an API key, for programs that no person attends. */
export function keyPasteLines({ id, url }: Place): readonly Paste[] {
  return [
    {
      client: 'Claude Code, with an API key',
      where: 'In a terminal, with your key in its place.',
      text: claudeCodeKeyLine({ id, url }),
    },
    {
      client: 'Cursor, with an API key',
      where: 'In ~/.cursor/mcp.json, with your key in its place. Keep the file to yourself.',
      text: file({ mcpServers: { [id]: { url, headers: keyHeaders } } }),
    },
    {
      client: 'mcp-remote, with an API key',
      where: 'For clients that know local servers only, with your key in its place.',
      text: `npx mcp-remote ${url} ${keyFlag}`,
    },
  ];
}

function file(content: object): string {
  return JSON.stringify(content, undefined, 2);
}
