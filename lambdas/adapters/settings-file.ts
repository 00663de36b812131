import { readFileSync } from 'node:fs';
import type { ProtectedServer } from '../core/protected-server.ts';
import type { Settings } from '../contract/settings.ts';
import { settingsSchema } from '../contract/settings.ts';

/**
 * The settings that travel in the bundle: `settings.json` beside the running file.
 * @throws Error if the file is missing, or naming every setting that is malformed
 */
export function readSettings(file: URL = new URL('./settings.json', import.meta.url)): Settings {
  const { success, data, error } = settingsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (success) return data;
  throw new Error(
    `settings.json: ${error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
  );
}

/**
 * The protected servers with the URLs that this deployment gave them, in the order of the settings.
 * @param serverUrls server id → absolute URL of its MCP endpoint
 * @throws Error if a server has no URL
 */
export function protectedServers(
  settings: Pick<Settings, 'servers'>,
  serverUrls: Readonly<Record<string, string>>,
): ProtectedServer[] {
  return settings.servers.map((server) => {
    const resource = serverUrls[server.id];
    if (!resource) throw new Error(`SERVER_URLS names no URL for the server ${server.id}`);
    return { ...server, resource };
  });
}
