import type { TestProject } from 'vitest/node';
import type { GatehouseUrls } from './gatehouse.ts';
import { startGatehouse } from './gatehouse.ts';
import { findSecrets } from './find-secrets.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    gatehouse: GatehouseUrls;
  }
}

/** Starts the one Gatehouse that all conformance tests share, and searches its whole output when they are done. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const gatehouse = await startGatehouse();
  const { baseUrl, mcpUrls, outputPath } = gatehouse;
  project.provide('gatehouse', { baseUrl, mcpUrls, outputPath });
  return async () => {
    const output = gatehouse.output();
    await gatehouse.stop();
    const troubles = output.split('\n').filter((line) => /\b(?:ERROR|WARN)\b/.test(line));
    if (troubles.length > 0) console.warn(`the runner complained:\n${troubles.slice(0, 20).join('\n')}`);
    const secrets = findSecrets(output);
    if (secrets.length > 0) throw new Error(`AS-73 the output of the runner holds secrets:\n${secrets.join('\n')}`);
  };
}
