import { expect, test } from 'vitest';
import { isOffered } from '../../../lambdas/http/console/view/offered.ts';
import { operationOf } from '../../../lambdas/http/console/table-of-operations.ts';

test('F-D4 a retired signing key can still be made worthless; for one that is gone there is nothing left to do', () => {
  const retire = operationOf('signing-keys', 'retire')!;
  const offered = ['published', 'signing', 'retired', 'gone'].filter((state) => isOffered(retire, { state }));
  expect(offered).toEqual(['published', 'signing', 'retired']);
});
