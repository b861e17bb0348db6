import { abilitiesOf } from '../../src/app.ts';
import { systemClock } from '../../src/crm/clock.ts';
import { ERROR_CATALOGUE } from '../../src/crm/errors.ts';
import { capabilityTable, customerFieldTable, customerInputTable } from '../../src/graphql/vendorTables.ts';
import { vendors } from '../../src/vendors/index.ts';

const models = vendors.map((vendor) => ({
  key: vendor.key,
  label: vendor.label,
  abilities: abilitiesOf(vendor, systemClock),
}));

/** The parts of pages that are read off the code, by the name of their place. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  capabilities: () => capabilityTable(models),
  'customer fields': () => customerFieldTable(models),
  'customer input': () => customerInputTable(models),
  'error codes': () =>
    [
      '| Code | Retryable | In `sources` | What it means and what to do |',
      '| --- | :-: | --- | --- |',
      ...Object.entries(ERROR_CATALOGUE).map(
        ([code, { retryable, source, message }]) =>
          `| \`${code}\` | ${retryable ? 'yes' : ''} | ${source} | ${message} |`,
      ),
    ].join('\n'),
};

const PLACE = /(<!-- ([a-z ]+): generated -->)[\s\S]*?(<!-- end -->)/g;

/** The names of the places in a page. */
export const placesIn = (page: string): readonly string[] => [...page.matchAll(PLACE)].map(([, , name = '']) => name);

/** A page with its generated parts made anew. */
export function withTables(page: string): string {
  return page.replace(PLACE, (_, start: string, name: string, end: string) => {
    const make = GENERATED[name];
    if (make === undefined) throw new Error(`Nothing is called "${name}"; use one of: ${Object.keys(GENERATED)}.`);
    return `${start}\n${make()}\n${end}`;
  });
}
