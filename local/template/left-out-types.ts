/** Resource types that change nothing on one machine, each with the reason why it may be left out silently. */
const leftOutTypes: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'statistics of the CDK',
  'AWS::ApiGateway::Account': 'logging role of the account',
  'AWS::ApiGateway::Deployment': 'the runner serves the methods as they stand in the template',
  'AWS::ApiGateway::DocumentationPart': 'documentation',
  'AWS::ApiGateway::UsagePlan': 'metering',
  'AWS::Budgets::Budget': 'nothing costs money here',
  'AWS::CertificateManager::Certificate': 'loopback needs no TLS',
  'AWS::CloudFront::CachePolicy': 'nothing is cached here',
  'AWS::CloudFront::OriginRequestPolicy': 'all of the viewer but Host is forwarded here',
  'AWS::CloudWatch::Alarm': 'no metrics here',
  'AWS::CloudWatch::CompositeAlarm': 'no metrics here',
  'AWS::CloudWatch::Dashboard': 'no metrics here',
  'AWS::Cognito::ManagedLoginBranding': 'the embedded identity provider has its own page',
  'AWS::Cognito::UserPoolDomain': 'the embedded identity provider stands under the base URL',
  'AWS::Cognito::UserPoolGroup': 'the embedded identity provider knows its groups',
  'AWS::Cognito::UserPoolRiskConfigurationAttachment': 'no risk engine here',
  'AWS::Cognito::UserPoolUICustomizationAttachment': 'the embedded identity provider has its own page',
  'AWS::KMS::Alias': 'functions name keys by ARN',
  'AWS::Lambda::EventInvokeConfig': 'no asynchronous invocation here',
  'AWS::Lambda::Permission': 'callers of functions are on this machine',
  'AWS::Logs::LogGroup': 'logs go to the terminal',
  'AWS::Logs::MetricFilter': 'no metrics here',
  'AWS::Logs::QueryDefinition': 'logs go to the terminal',
  'AWS::Logs::ResourcePolicy': 'logs go to the terminal',
  'AWS::Route53::RecordSet': 'localhost needs no name',
  'AWS::SNS::Subscription': 'no notifications here',
  'AWS::SNS::Topic': 'no notifications here',
  'AWS::SNS::TopicPolicy': 'no notifications here',
  'AWS::SecretsManager::ResourcePolicy': 'the roles of the functions decide here',
  'AWS::WAFv2::LoggingConfiguration': 'no firewall here',
  'AWS::WAFv2::WebACL': 'no firewall here',
  'AWS::WAFv2::WebACLAssociation': 'no firewall here',
  'Custom::LogRetention': 'logs go to the terminal',
};

/** Whether a resource of this type is left out on purpose. */
export function isLeftOut(type: string): boolean {
  return Object.hasOwn(leftOutTypes, type);
}
