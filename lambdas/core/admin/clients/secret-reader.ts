/** Account root, role or user; of one account, and never a pattern. Those that AWS makes for a session do not last. */
const principal = /^arn:aws(-cn|-us-gov)?:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]{1,200})$/;

/** Why nobody of this name can be let read a secret; undefined if it can. @returns a sentence */
export function judgeSecretReader(arn: string): string | undefined {
  if (principal.test(arn)) return undefined;
  return `${arn.slice(0, 100)} is no ARN of an IAM role, user or account, such as arn:aws:iam::123456789012:role/nightly.`;
}
