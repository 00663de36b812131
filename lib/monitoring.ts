import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Apis } from './apis.ts';
import { pascalCase } from './pascal-case.ts';

export interface MonitoringProps {
  /** Name → function. */
  readonly functions: ReadonlyMap<string, IFunction>;
  readonly apis: Apis;
  readonly alarmTopicArn?: string | undefined;
}

/** An alarm for each function that fails and each API that answers 5xx: $0.10 a month each. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { functions, apis, alarmTopicArn }: MonitoringProps) {
    super(scope, id);
    const topic = alarmTopicArn === undefined ? undefined : Topic.fromTopicArn(this, 'Topic', alarmTopicArn);
    const watch = (name: string, metric: IMetric, description: string): void => {
      const alarm = new Alarm(this, name, {
        metric,
        alarmDescription: description,
        threshold: 1,
        evaluationPeriods: 1,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      if (topic) alarm.addAlarmAction(new SnsAction(topic));
    };
    const period = Duration.minutes(5);
    for (const [name, handler] of functions) {
      watch(`${name}Errors`, handler.metricErrors({ period }), `Gatehouse: the function ${name} failed`);
    }
    const all = [['AuthorizationServer', apis.authorizationServer] as const, ...apis.servers];
    for (const [name, { api }] of all) {
      const metric = api.metricServerError({ period, statistic: 'sum' });
      watch(`${pascalCase(name)}Api5xx`, metric, `Gatehouse: the API of ${name} answered 5xx`);
    }
  }
}
