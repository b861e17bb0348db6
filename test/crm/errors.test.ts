import { expect, test } from '@jest/globals';
import { CrmError, ERROR_CATALOGUE, type ErrorCode, nullIfNotFound, sourceStateOf } from '../../src/crm/errors.ts';

const codes = Object.keys(ERROR_CATALOGUE) as ErrorCode[];

test.each(codes)('%s says in one sentence what happened and what to do', (code) => {
  const error = new CrmError(code);
  expect(error.message).toMatch(/^[A-Z][^\n]{20,180}\.$/);
  expect(error.message).not.toMatch(/[.!?] [A-Z]/);
});

test('only what may succeed later without anybody changing anything is worth repeating', () => {
  expect(codes.filter((code) => new CrmError(code).retryable)).toEqual([
    'VENDOR_UNAVAILABLE',
    'VENDOR_TIMEOUT',
    'VENDOR_RATE_LIMITED',
    'NOT_ATTEMPTED',
    'CALL_BUDGET_SPENT',
  ]);
});

test('an error is named after its account once, and keeps its facts and cause', () => {
  const cause = new Error('socket');
  const error = new CrmError('VENDOR_TIMEOUT', { executed: 'unknown', cause });
  const named = error.at({ id: 'shop-1', vendor: 'acme' }).at({ id: 'shop-2', vendor: 'other' });
  expect(named).toMatchObject({
    code: 'VENDOR_TIMEOUT',
    facts: { executed: 'unknown', account: 'shop-1', vendor: 'acme' },
  });
  expect(named.cause).toBe(cause);
  expect(sourceStateOf(named)).toBe('TIMED_OUT');
});

test('only "no such record" is null; every other failure stays one', async () => {
  expect(await nullIfNotFound(Promise.reject(new CrmError('NOT_FOUND')))).toBeNull();
  expect(await nullIfNotFound(Promise.resolve('Ana'))).toBe('Ana');
  for (const code of codes.filter((code) => code !== 'NOT_FOUND')) {
    await expect(nullIfNotFound(Promise.reject(new CrmError(code)))).rejects.toMatchObject({ code });
  }
  await expect(nullIfNotFound(Promise.reject(new TypeError('bug')))).rejects.toThrow(TypeError);
});
