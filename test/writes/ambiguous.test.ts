import { expect, test } from '@jest/globals';
import { AMBIGUITIES, sendInto } from './ambiguity.ts';

// `npm run verify` sends a thousand into each.
const WRITES = 150;

test.each(Object.entries(AMBIGUITIES))(
  `%s: of ${WRITES} writes none is sent twice, and none is said to be done or not done wrongly`,
  async (_, fault) => {
    const { lies, misstated, changed, outcomes, unseen, met } = await sendInto(fault, WRITES, 2);
    expect({ lies, misstated, changed }).toEqual({ lies: [], misstated: [], changed: [] });
    // Otherwise it would have proved nothing.
    expect(met).toBeGreaterThanOrEqual(WRITES * 0.9);
    expect(unseen).toBeLessThanOrEqual(WRITES * 0.1);
    const { UNKNOWN = 0, NOT_EXECUTED = 0, PARTLY_EXECUTED = 0, ...settled } = outcomes;
    const found = Object.values(settled).reduce((sum, count) => sum + count, 0);
    expect(NOT_EXECUTED + PARTLY_EXECUTED).toBeLessThanOrEqual(WRITES * 0.1);
    // What was carried out is found by looking, where the CRM has a read; what was not carried out stays open.
    expect(UNKNOWN).toBeGreaterThan(WRITES * 0.2);
    if (fault.kind === 'status') expect(found).toBe(0);
    else expect(found).toBeGreaterThan(WRITES * 0.3);
  },
);
