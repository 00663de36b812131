import type { TestProject } from 'vitest/node';
import type { GatehouseUrls } from './gatehouse.ts';
import { startGatehouse } from './gatehouse.ts';
import { findSecrets } from './find-secrets.ts';
import { localAwsOf } from './local-aws.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    gatehouse: GatehouseUrls;
  }
}

/** Starts the one Gatehouse that all conformance tests share, and searches its whole output when they are done. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const gatehouse = await startGatehouse({ app: 'test/apps/shared.ts' });
  const { baseUrl, mcpUrls, outputPath, statePath, assemblyPath } = gatehouse;
  project.provide('gatehouse', { baseUrl, mcpUrls, outputPath, statePath, assemblyPath });
  return async () => {
    const aws = await localAwsOf(statePath);
    const audit = [...(await aws.auditItems()), ...(await aws.events())].map((item) => JSON.stringify(item)).join('\n');
    const output = gatehouse.output();
    await gatehouse.stop();
    const troubles = output.split('\n').filter((line) => /\b(?:ERROR|WARN)\b/.test(line));
    if (troubles.length > 0) console.warn(`the runner complained:\n${troubles.slice(0, 20).join('\n')}`);
    const secrets = findSecrets(output);
    if (secrets.length > 0) throw new Error(`AS-73 the output of the runner holds secrets:\n${secrets.join('\n')}`);
    const audited = findSecrets(audit);
    if (audited.length > 0) throw new Error(`F-G3 the audit table or an event holds secrets:\n${audited.join('\n')}`);
  };
}
