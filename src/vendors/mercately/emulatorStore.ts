import type { z } from 'zod';
import type { JsonRecord } from '../../emulation/emulator.ts';
import { people } from '../../emulation/people.ts';
import {
  AGENTS,
  CUSTOM_FIELDS,
  type Customer,
  type Event,
  newCustomer,
  opaqueId,
  seededCustomer,
  seededEvents,
  seededTags,
  webId,
} from './emulatorRecords.ts';
import { changed, takenCustomer, takenEvent } from './emulatorWrites.ts';

/** The quirks that decide what is found and what may be stored. */
interface Readings {
  readonly phoneMatch: string;
  readonly unknownCustomField: string;
  readonly phoneOrEmail: boolean;
}

/** What a write comes to: the record as it now is, or why it is not taken. */
type Stored<Model> = { readonly stored: Model } | { readonly problems: readonly string[] };

/** Holds the emulated vendor's records and changes them. */
export function createStore(live: Readings, count: number) {
  let customers: Map<string, Customer>;
  /** By customer id, oldest first. */
  let events: Map<string, Event[]>;
  /** The `web_id` of each tag name. */
  let tags: Map<string, string>;
  let nextEvent: number;

  function reset(): void {
    const everybody = people(count);
    customers = new Map(everybody.map((person) => [opaqueId(person.index), seededCustomer(person)]));
    events = new Map(everybody.map((person) => [opaqueId(person.index), seededEvents(person)]));
    tags = seededTags();
    nextEvent = 100 * (count + 1);
  }
  reset();

  const tagsOf = ({ tags: names }: Customer) => names.map((tag) => ({ tag, web_id: tags.get(tag) }));

  const recordOf = (customer: Customer): JsonRecord => {
    const { outbound, ...rest } = customer;
    return {
      ...rest,
      tags: tagsOf(customer),
      ...outbound,
      creation_date: customer.creation_date.toISOString(),
      last_chat_interaction: customer.last_chat_interaction?.toISOString() ?? null,
      updated_at: customer.updated_at.toISOString(),
    };
  };

  /** Puts the customer, as the body leaves it, among the others, if it may be there. */
  function put(customer: Customer, body: unknown): Stored<Customer> {
    const taken = takenCustomer.safeParse(body);
    if (!taken.success) return { problems: problemsOf(taken.error) };
    const after = { ...changed(customer, taken.data, CUSTOM_FIELDS), updated_at: new Date() };
    const problems = [...problemsWith(after), ...unknownFields(taken.data.custom_fields ?? [])];
    if (problems.length > 0) return { problems };
    // A name nobody used before makes a tag (question 7).
    for (const tag of after.tags) if (!tags.has(tag)) tags.set(tag, webId(tags.size));
    customers.set(after.id, after);
    return { stored: after };
  }

  /** Duplicates are refused (question 9), and whoever cannot be reached (question 10). */
  function problemsWith({ id, email, phone }: Customer): readonly string[] {
    const others = [...customers.values()].filter((customer) => customer.id !== id);
    const [mail, digits] = [email?.trim().toLowerCase(), digitsOf(phone ?? '')];
    return [
      ...(mail && others.some((other) => other.email?.toLowerCase() === mail) ? ['Email has already been taken'] : []),
      ...(digits && others.some((other) => digitsOf(other.phone ?? '') === digits)
        ? ['Phone has already been taken']
        : []),
      ...(live.phoneOrEmail && !mail && !digits ? ["Phone or email can't be blank"] : []),
    ];
  }

  function unknownFields(given: readonly { readonly field_name: string }[]): readonly string[] {
    if (live.unknownCustomField !== '422') return [];
    const known: readonly string[] = CUSTOM_FIELDS;
    return given
      .filter(({ field_name }) => !known.includes(field_name))
      .map(({ field_name }) => `Custom field ${field_name} does not exist`);
  }

  function matching(query: Readonly<Record<string, string>>): readonly Customer[] {
    const { start_date, end_date, id_type, id_number, platform, order_by_last_interaction: order } = query;
    const found = [...customers.values()].toReversed().filter((customer) => {
      // By the day of creation in UTC, both ends included (question 12).
      const day = customer.creation_date.toISOString().slice(0, 10);
      return (
        (start_date === undefined || day >= start_date) &&
        (end_date === undefined || day <= end_date) &&
        (id_type === undefined || customer.id_type === id_type) &&
        (id_number === undefined || customer.id_number === id_number) &&
        (platform === undefined || customer.platforms.includes(platform))
      );
    });
    // Newest created first (question 13).
    const creation = ({ creation_date }: Customer) => creation_date.getTime();
    if (order === undefined) return found.sort((one, other) => creation(other) - creation(one));
    const interaction = ({ last_chat_interaction }: Customer) => last_chat_interaction?.getTime() ?? 0;
    const direction = order === 'desc' ? -1 : 1;
    return found.sort((one, other) => direction * (interaction(one) - interaction(other)));
  }

  function identified(identifier: string): Customer | undefined {
    const all = [...customers.values()];
    if (identifier.includes('@')) {
      const email = identifier.toLowerCase();
      return all.find((customer) => customer.email?.toLowerCase() === email);
    }
    const byId = customers.get(identifier);
    if (byId !== undefined || !/^\+?[\d .()-]+$/.test(identifier)) return byId;
    if (live.phoneMatch === 'exact') return all.find(({ phone }) => phone === identifier);
    return all.find(({ phone }) => phone !== null && digitsOf(phone) === digitsOf(identifier));
  }

  return {
    reset,
    tagsOf,
    matching,
    identified,
    create(body: unknown): Stored<Customer> {
      const answer = put(newCustomer(customers.size, new Date()), body);
      if ('stored' in answer) events.set(answer.stored.id, []);
      return answer;
    },
    update: put,
    /** Newest first; undefined for anything but the id of a customer (question 5). */
    history: (id: string): readonly Event[] | undefined => events.get(id)?.toReversed(),
    /** The customer stays as it is (question 4). */
    addEvent(id: string, body: unknown): Stored<Event> {
      const taken = takenEvent.safeParse(body);
      if (!taken.success) return { problems: problemsOf(taken.error) };
      const event = { id: nextEvent, created_at: new Date().toISOString(), ...taken.data };
      nextEvent += 1;
      events.get(id)?.push(event);
      return { stored: event };
    },
    records: () => ({
      customers: [...customers.values()].map(recordOf),
      tags: [...tags].map(([tag, web_id]) => ({ tag, web_id })),
      custom_fields: CUSTOM_FIELDS.map((field_name) => ({ field_name })),
      customer_events: [...events].flatMap(([customer_id, history]) =>
        history.map((event) => ({ customer_id, ...event })),
      ),
      agents: AGENTS,
    }),
  };
}

const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

const problemsOf = ({ issues }: z.ZodError): readonly string[] =>
  issues.map(({ path }) => `${path.join('.') || 'The body'} is invalid`);
