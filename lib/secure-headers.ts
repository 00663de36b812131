import { Duration, Stack } from 'aws-cdk-lib';
import { HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/**
 * Headers for every answer. What depends on the answer (content policy, framing, CORS, caching) is the functions'
 * own, so nothing of theirs is replaced.
 */
export function secureHeaders(scope: Construct): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'SecureHeaders', {
    // Global in an account: the same stack may stand in two regions.
    responseHeadersPolicyName: `${Stack.of(scope).stackName}-headers-${Stack.of(scope).region}`,
    comment: 'Gatehouse: headers for every answer',
    securityHeadersBehavior: {
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: false },
      contentTypeOptions: { override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
    },
  });
}
