import { AwsError } from '../service.ts';
import { missing } from './input.ts';
import type { Secret, SecretVersion } from './secret-store.ts';

const current = 'AWSCURRENT';
const previous = 'AWSPREVIOUS';

/** Adds a version. If it is the current one, the one before becomes the previous one. */
export function withVersion(secret: Secret, version: SecretVersion): Secret {
  const isCurrent = version.stages.includes(current);
  const older = secret.versions.map((old) => {
    const wasCurrent = old.stages.includes(current);
    const left = old.stages.filter((s) => !version.stages.includes(s) && !(isCurrent && s === previous));
    return { ...old, stages: isCurrent && wasCurrent ? [...left, previous] : left };
  });
  // A version without a stage is deprecated in AWS and goes away.
  return { ...secret, versions: [...older.filter(({ stages }) => stages.length > 0), version] };
}

/**
 * Moves a staging label. Where AWSCURRENT leaves, AWSPREVIOUS comes.
 * @throws AwsError InvalidParameterException if the label is not where the caller thinks
 */
export function moveStage(
  secret: Secret,
  stage: string,
  { from, to }: { readonly from: string | undefined; readonly to: string | undefined },
): Secret {
  const holder = secret.versions.find(({ stages }) => stages.includes(stage))?.id;
  if (to !== undefined && !secret.versions.some(({ id }) => id === to)) {
    throw missing(`Secrets Manager can't find the specified secret version: ${to}`);
  }
  if (from !== holder && !(from === undefined && holder === to)) {
    throw new AwsError(
      'InvalidParameterException',
      `The parameter RemoveFromVersionId must be the version that ${stage} is attached to.`,
    );
  }
  if (holder === to) return secret;
  const isCurrent = stage === current && to !== undefined;
  const versions = secret.versions.map(({ id, stages, ...rest }) => {
    const left = stages.filter((label) => label !== stage && !(isCurrent && label === previous));
    const added = id === to ? [stage] : isCurrent && id === holder ? [previous] : [];
    return { id, stages: [...left, ...added], ...rest };
  });
  return { ...secret, versions: versions.filter(({ stages }) => stages.length > 0) };
}
