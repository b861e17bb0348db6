import { people } from '../../src/emulation/people.ts';

// Twenty values that are in every graph the tests start, and that nothing but the answers asked for may ever show.

const [vietnamese, chinese, ecuadorian] = people(3);

/** Keys of the service under test. */
export const SECRETS = {
  crm: 'a secret for tests that is long enough',
  metrics: 'a token for the metrics of tests',
} as const;

/** By a name that tells what was seen and not its value. */
export const PLANTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'the key of Salekit': 'salekit-demo-token',
    'the key of LadiFlow': 'ladiflow-demo-api-key',
    'the key of Fecify': 'fecify-demo-skill-access-token',
    'the key of Mercately': 'mercately-demo-api-key',
    'the key of Heidianer': 'heidianer-demo-access-token',
    'the client secret of Heidianer': 'heidianer-demo-client-secret',
    'the refresh token of Heidianer': 'heidianer-demo-refresh-token',
    'the secret of the service': SECRETS.crm,
    'the token for metrics': SECRETS.metrics,
    'the name of somebody in Vietnam': vietnamese?.fullName ?? '',
    'the e-mail of somebody in Vietnam': vietnamese?.email ?? '',
    'the phone of somebody in Vietnam': vietnamese?.nationalNumber ?? '',
    'the street of somebody in Vietnam': vietnamese?.street ?? '',
    'the name of somebody in China': chinese?.fullName ?? '',
    'the e-mail of somebody in China': chinese?.email ?? '',
    'the phone of somebody in China': chinese?.nationalNumber ?? '',
    'the name of somebody in Ecuador': ecuadorian?.fullName ?? '',
    'the e-mail of somebody in Ecuador': ecuadorian?.email ?? '',
    'the phone of somebody in Ecuador': ecuadorian?.nationalNumber ?? '',
    'the identity number of somebody in Ecuador': ecuadorian?.identityNumber ?? '',
  }),
);

const SPELLINGS = [...PLANTED].flatMap(([name, value]) =>
  [...new Set([value, encodeURIComponent(value)])].map((spelling) => ({ name, spelling })),
);

/** A sum of seconds such as 0.036300000000000006 has digits enough to hold a phone by chance. */
const FRACTION = /\d+\.\d+/g;

/** The names of the planted values that a text holds, as they are or as an address has them. */
export function plantedIn(text: string): string[] {
  const withoutFractions = text.replace(FRACTION, ' ');
  const holds = (spelling: string) => (/^\d+$/.test(spelling) ? withoutFractions : text).includes(spelling);
  return [...new Set(SPELLINGS.filter(({ spelling }) => holds(spelling)).map(({ name }) => name))];
}
