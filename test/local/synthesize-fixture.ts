import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../local/synthesize.ts';

const app = join(import.meta.dirname, 'fixtures/app.ts');

/** An empty folder that nobody else uses. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'gatehouse-local-'));
}

/** Synthesizes the fixture app and gives the folder with its assembly. */
export async function synthesizeFixture(): Promise<string> {
  return synthesize(app, join(temporaryFolder(), 'cdk.out'), new AbortController().signal);
}

/** Changes the texts of the fixture's template. */
export function editTemplate(assembly: string, edit: (template: string) => string): void {
  const path = join(assembly, 'Fixture.template.json');
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
}
