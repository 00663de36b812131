/**
 * Limits of every AWS SDK client: 1 s to connect, 3 s a request, three attempts, so that a function answers its own
 * error long before API Gateway gives up. Connections are kept by default.
 */
export const requestLimits = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
} as const;
