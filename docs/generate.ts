import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { adminOpenApi } from '../lambdas/contract/admin/open-api.ts';
import { commandLinePage } from './command-line.ts';
import { openApi } from './openapi.ts';

/** Writes what follows from tables; tests fail while a file differs from what its table says. */
async function write(name: string, text: string, parser: 'json' | 'markdown'): Promise<void> {
  const file = new URL(name, import.meta.url);
  const options = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...options, parser }));
}

await write('./openapi.json', JSON.stringify(openApi()), 'json');
await write('./admin-openapi.json', JSON.stringify(adminOpenApi('http://localhost:3000')), 'json');
await write('./command-line.md', commandLinePage(), 'markdown');
