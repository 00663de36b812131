import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Settings } from '../lambdas/contract/settings.ts';
import { bundle } from './bundle.ts';

/** Gives the code of a bundled entry. */
export type FunctionCode = (entry: string) => Code;

/**
 * Bundles the entries and lays each beside the settings (docs/decisions/0008): `index.mjs` and `settings.json`, whose
 * content alone decides the asset's hash. The folders are the process's own, so that apps synthesized at the same
 * time do not meet, and are gone when it ends: the CDK has copied them into its output by then.
 */
export function functionCode(entries: readonly string[], settings: Settings): FunctionCode {
  const bundles = bundle(entries);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bundles-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const assets = new Map(
    [...bundles].map(([entry, { code }], index) => {
      const asset = join(folder, String(index));
      mkdirSync(asset);
      writeFileSync(join(asset, 'index.mjs'), code);
      writeFileSync(join(asset, 'settings.json'), JSON.stringify(settings));
      return [entry, asset];
    }),
  );
  return (entry) => {
    const asset = assets.get(entry);
    if (!asset) throw new Error(`${entry} is not bundled`);
    return Code.fromAsset(asset);
  };
}
