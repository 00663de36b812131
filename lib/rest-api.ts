import { Stack } from 'aws-cdk-lib';
import type { CfnAccount, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AccessLogFormat,
  EndpointType,
  LogGroupLogDestination,
  RestApi as CdkRestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import type { StageDefaults } from './stage-defaults.ts';

/** Name of the one stage of every API; the first path segment of its URL. */
export const stageName = 'prod';

/** What one line of the access log holds. Never a query or a header: those carry codes and tokens. */
const accessLog = {
  time: '$context.requestTime',
  traceId: '$context.requestId',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  bytes: '$context.responseLength',
  sourceIp: '$context.identity.sourceIp',
  tls: '$context.tlsVersion',
  refusal: '$context.error.responseType',
  authorizerStatus: '$context.authorizer.status',
};

export interface RestApiProps {
  readonly description: string;
  /** Requests a second that the API takes in the long run, all callers together; the rest gets 429. */
  readonly requestsPerSecond: number;
  /** Requests that it takes at once. */
  readonly burst: number;
  readonly stage: StageDefaults;
  /** The account's role for access logs, if this stack sets it. */
  readonly logRole?: CfnAccount | undefined;
}

/** A REST API as ours all are: regional, logged, throttled, and JSON in every answer of API Gateway's own. */
export class RestApi extends Construct {
  readonly api: CdkRestApi;
  /** `<api>.execute-api.<region>.amazonaws.com`. Names no deployment, so that functions behind the API may know it. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { stage } = props;
    const log = new LogGroup(this, 'AccessLog', { retention: stage.logRetention, removalPolicy: stage.removalPolicy });
    this.api = new CdkRestApi(this, 'Api', {
      // Metrics are counted by this name.
      restApiName: `${Stack.of(this).stackName}-${id}`,
      description: props.description,
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName,
        throttlingRateLimit: props.requestsPerSecond,
        throttlingBurstLimit: props.burst,
        accessLogDestination: new LogGroupLogDestination(log),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
    // The CDK's own output; clients do not use this URL where CloudFront stands in front.
    this.api.node.tryRemoveChild('Endpoint');
    if (props.logRole) this.api.deploymentStage.node.addDependency(props.logRole);
    requireTls12(this.api);
    addGatewayResponses(this.api);
    const { region, urlSuffix } = Stack.of(this);
    this.host = `${this.api.restApiId}.execute-api.${region}.${urlSuffix}`;
    acknowledgeRules(this.api);
  }

  /** The API's own URL, without a trailing slash. */
  get url(): string {
    return `https://${this.host}/${stageName}`;
  }
}

/** The default of a REST API takes TLS 1.0. */
function requireTls12(api: CdkRestApi): void {
  const resource = api.node.defaultChild as CfnRestApi;
  resource.securityPolicy = SecurityPolicy.TLS13_1_2_PQ_2025_09;
  resource.endpointAccessMode = 'BASIC';
}

function acknowledgeRules(api: CdkRestApi): void {
  acknowledge(api, {
    'AwsSolutions-APIG2': 'The functions validate every parameter and answer in the words of OAuth.',
    'AwsSolutions-APIG3': 'A web ACL costs by the month; the stage throttles, and a team may attach its own.',
    'AwsSolutions-APIG6': 'Execution logs would write tokens; the access log and the functions write what is needed.',
    'AwsSolutions-COG4': 'Access is by tokens of this authorization server, not by those of the user pool.',
  });
}
