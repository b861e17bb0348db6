import fc from 'fast-check';

// A case is a list of numbers, and everything about it is chosen by them, one after the other. So fast-check can make
// cases smaller without knowing what they are made of.

export interface Choices {
  /** 0 to `below` - 1. The first choice is the simplest one, here and everywhere. */
  number(below: number): number;
  /** True for this share of all cases. */
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Each item is as likely as its weight says. */
  weighed<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item;
}

const RANGE = 0x10000;
const LONGEST = 250;

export const tapes: fc.Arbitrary<readonly number[]> = fc.array(fc.noBias(fc.nat(RANGE - 1)), {
  minLength: 8,
  maxLength: LONGEST,
  size: 'max',
});

/** Whoever chooses more often than the tape is long gets the simplest choice from then on. */
export function choicesOf(tape: readonly number[]): Choices {
  let place = 0;
  const next = () => tape[place++] ?? 0;
  const choices: Choices = {
    number: (below) => next() % below,
    chance: (share) => next() >= RANGE * (1 - share),
    pick<Item>(items: readonly Item[]): Item {
      const item = items[next() % items.length];
      if (item === undefined && items.length === 0) throw new Error('nothing to pick from');
      return item as Item;
    },
    weighed(items) {
      const total = items.reduce((sum, [weight]) => sum + weight, 0);
      let rest = ((next() / RANGE) * total) % total;
      for (const [weight, item] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      throw new Error('nothing to pick from');
    },
  };
  return choices;
}
