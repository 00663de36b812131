import { createRequire } from 'node:module';

export type EngineKind = 'dynoxide' | 'dynalite';

const require = createRequire(import.meta.url);
const probes: Record<EngineKind, string> = { dynoxide: '@dynoxide/linux-x64/dynoxide', dynalite: 'dynalite' };

/** The DynamoDB engines that are installed, the preferred one first. */
export function installedEngines(): EngineKind[] {
  return (Object.keys(probes) as EngineKind[]).filter(isInstalled);
}

/**
 * The engine to use.
 * @param forced value of `GATEHOUSE_DYNAMODB`; without it, dynoxide where it is installed and dynalite elsewhere
 * @throws Error `missing engine: …` with the cure
 */
export function chooseEngine(forced: string | undefined): EngineKind {
  if (forced && !Object.hasOwn(probes, forced)) {
    throw new Error(`missing engine: GATEHOUSE_DYNAMODB is "${forced}"; set it to dynoxide or dynalite, or unset it`);
  }
  const chosen = (forced as EngineKind | undefined) || installedEngines()[0];
  if (!chosen) throw new Error('missing engine: no DynamoDB engine is installed; run npm ci');
  if (isInstalled(chosen)) return chosen;
  const cure = chosen === 'dynoxide' ? 'run npm ci on Linux x64, or set GATEHOUSE_DYNAMODB=dynalite' : 'run npm ci';
  throw new Error(`missing engine: ${chosen} is not installed; ${cure}`);
}

function isInstalled(kind: EngineKind): boolean {
  try {
    require.resolve(probes[kind]);
    return true;
  } catch {
    return false;
  }
}
