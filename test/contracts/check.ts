import { expect } from '@jest/globals';
import type { Subject } from './subject.ts';

/** How one capability is tested. */
export interface Check {
  /** What an account with the capability owes. */
  readonly can: string;
  has(subject: Subject): Promise<void>;
  /** What an account without it says. */
  lacks(subject: Subject): Promise<void>;
}

/** The account's part of a list says that this CRM cannot, and costs nothing. */
export async function expectUnsupported({ ask, callsOf }: Subject, field: string, name: string): Promise<void> {
  const calls = await callsOf(async () => {
    const data = await ask(`{ ${field} { sources { state calls } } }`);
    expect(data[name].sources).toEqual([{ state: 'UNSUPPORTED', calls: 0 }]);
  });
  expect(calls).toBe(0);
}

export function expectEachOnce(keys: readonly string[]): void {
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
}
