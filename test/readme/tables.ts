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

/** The parts of the README that are read off the code, by the name of their place. */
const GENERATED: Readonly<Record<string, () => string>> = {
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

/** The README with its generated parts made anew. */
export function withTables(readme: string): string {
  return Object.entries(GENERATED).reduce((text, [name, make]) => {
    const place = new RegExp(`(<!-- ${name}: generated -->)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`README.md has no place "<!-- ${name}: generated -->"`);
    return text.replace(place, (_, start: string, end: string) => `${start}\n${make()}\n${end}`);
  }, readme);
}
