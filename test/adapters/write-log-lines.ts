import { logAudit } from '../../lambdas/adapters/log-audit.ts';
import { createLogger, traceRequests, withTraceId } from '../../lambdas/adapters/telemetry.ts';

/** Writes the lines that `telemetry.test.ts` reads. */
const logger = createLogger('token');

withTraceId('request-1', () =>
  logger.info('request answered', { method: 'POST', path: '/token', status: 200, milliseconds: 12 }),
);

async function later(message: string, wait: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, wait));
  logger.info(message);
}
await Promise.all([
  withTraceId('request-2', () => later('first', 20)),
  withTraceId('request-3', () => later('second', 10)),
]);

logger.info('outside');
logger.warn('warned');
logger.error('failed', { status: 500 });
logger.debug('too much');
logAudit(logger).record({ type: 'grant.revoked', gid: 'gid-1', clientId: 'client-1', reason: 'replay' });
const event = {
  headers: {
    'User-Agent': `bro\u0000wser\n${'x'.repeat(300)}`,
    'X-Forwarded-For': '6.6.6.6, 203.0.113.9, 198.51.100.1',
  },
  requestContext: { identity: { sourceIp: '198.51.100.1' } },
};
traceRequests({ edge: 'cloudfront' })(
  'request-4',
  () => {
    const body = { client_secret: 'hunter2' };
    logAudit(logger).record({ type: 'tool.refused', decision: 'refused', scopes: ['a', 'b'], tool: 'wipe', ...body });
    logger.info('not audited');
  },
  event,
);
logger.info('forged', { path: '/a\n{"level":"ERROR"}' });

const request = {
  clientId: 'client-1',
  client_secret: 'hunter2',
  body: 'refresh_token=gr_1b2c.c2FsdHNhbHQ.3.bWFjbWFj',
  headers: { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl' },
  sub: { nested: 'hunter2' } as unknown as string,
};
logger.info('sneaky', request);
