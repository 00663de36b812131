import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { openApi } from './openapi.ts';

const file = new URL('./openapi.json', import.meta.url);

/** Writes docs/openapi.json; a test fails while it differs from what the route table says. */
const options = await resolveConfig(file);
writeFileSync(file, await format(JSON.stringify(openApi()), { ...options, parser: 'json' }));
