import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Metafile, OutputFile } from 'esbuild';
import { buildSync } from 'esbuild';

/** Folder of this repository, with a slash at the end. */
const root = new URL('../', import.meta.url).pathname;

/** Modules that are replaced by lighter ones. */
const lighter = {
  // Lambda gives credentials in the environment; the chain that looks elsewhere weighs 130 KB.
  '@aws-sdk/credential-provider-node': resolve(root, 'lib/lambda-credentials.ts'),
  // Of the MCP SDK's two validators of JSON Schema, the one for browsers: it is a tenth of AJV, and compiles no code.
  '@modelcontextprotocol/server/_shims': resolve(
    root,
    'node_modules/@modelcontextprotocol/server/dist/shimsBrowser.mjs',
  ),
};

export interface Bundle {
  /** One minified ES module. */
  readonly code: Uint8Array;
  /** What esbuild put into it. */
  readonly metafile: Metafile['outputs'][string];
}

/** An earlier result is good for the life of the process: an app that makes several stacks bundles once. */
const done = new Map<string, Bundle>();

/**
 * Bundles Lambda entries, all of them in one run of esbuild: seconds faster than one run each.
 * @param entries files, absolute or relative to this repository
 * @returns entry → bundle
 * @throws Error naming the entries that do not exist, or what esbuild found wrong
 */
export function bundle(entries: readonly string[]): ReadonlyMap<string, Bundle> {
  const missing = entries.filter((entry) => !existsSync(resolve(root, entry)));
  if (missing.length > 0) throw new Error(`Lambda entries that do not exist: ${missing.join(', ')}`);
  const waiting = [...new Set(entries)].filter((entry) => !done.has(entry));
  if (waiting.length > 0) build(waiting);
  return new Map(entries.map((entry) => [entry, done.get(entry)!]));
}

function build(entries: readonly string[]): void {
  const { outputFiles, metafile } = buildSync({
    // The key is the name of the output, by which it is found again.
    entryPoints: Object.fromEntries(entries.map((entry, index) => [`bundle-${index}`, resolve(root, entry)])),
    absWorkingDir: root,
    outdir: 'unused',
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // Packages that ship ES modules are taken as such: only those are cut down to what is used.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    alias: lighter,
    logLevel: 'silent',
  });
  entries.forEach((entry, index) => {
    const file = outputFiles.find(({ path }) => path.endsWith(`/bundle-${index}.js`));
    const output = metafile.outputs[`unused/bundle-${index}.js`];
    if (!file || !output) throw new Error(`esbuild gave no output for ${entry}`);
    done.set(entry, { code: withRequire(file), metafile: output });
  });
}

/** CommonJS packages ask for node: modules by require, which an ES module does not have; esbuild's stand-in throws. */
function withRequire({ contents, text }: OutputFile): Uint8Array {
  if (!text.includes('Dynamic require of')) return contents;
  // A long name: a short one can be the one that the minifier gave to something else.
  const head = "import{createRequire as requireOfNode}from'node:module';const require=requireOfNode(import.meta.url);";
  return Buffer.from(`${head}${text}`);
}
