import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** What a stage means, in one place. */
export interface StageDefaults {
  readonly isProduction: boolean;
  /** For everything that holds data. */
  readonly removalPolicy: RemovalPolicy;
  /** Of tables, the user pool and the stack itself. */
  readonly deletionProtection: boolean;
  readonly pointInTimeRecovery: boolean;
  readonly logRetention: RetentionDays;
}

export function stageDefaults(stage: 'development' | 'production'): StageDefaults {
  const isProduction = stage === 'production';
  return {
    isProduction,
    removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    deletionProtection: isProduction,
    pointInTimeRecovery: isProduction,
    logRetention: isProduction ? RetentionDays.ONE_YEAR : RetentionDays.ONE_WEEK,
  };
}
