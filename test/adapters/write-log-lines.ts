import { createLogger, logAudit, withTraceId } from '../../lambdas/adapters/telemetry.ts';

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
logger.info('forged', { path: '/a\n{"level":"ERROR"}' });

const request = {
  clientId: 'client-1',
  client_secret: 'hunter2',
  body: 'refresh_token=gr_1b2c.c2FsdHNhbHQ.3.bWFjbWFj',
  headers: { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl' },
  sub: { nested: 'hunter2' } as unknown as string,
};
logger.info('sneaky', request);
