import type { Account } from '../crm/connectedAccount.ts';
import type { CustomerInput, CustomFieldInput, EventInput, TagRef } from '../crm/customerInput.ts';
import type { Context } from './context.ts';
import { badInput } from './errors.ts';
import type {
  CustomerEventInput,
  CustomerInput as GivenCustomer,
  CustomFieldInput as GivenField,
  TagInput,
} from './generated.ts';
import { given } from './given.ts';
import { addressOf, decodeId } from './keys.ts';

// Input as callers give it, in our words. Nothing gets through that no vendor could store.

const LONGEST_TEXT = 10_000;
const LONGEST_NAME = 256;
const LONGEST_LIST = 100;
const LONGEST_SHORT_LIST = 20;
const LONGEST: Readonly<Record<string, number>> = { email: 254, phone: 64 };

/** Control characters that no vendor keeps; tabs and line breaks are fine. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Trimmed; throws BAD_USER_INPUT for a text that is too long or that no vendor can store. */
export function checkedText(field: string, text: string, longest = LONGEST_TEXT): string {
  if (text.length > longest) throw badInput(field, `"${field}" must have at most ${longest} characters; shorten it.`);
  if (!text.isWellFormed() || CONTROL.test(text)) {
    throw badInput(field, `"${field}" holds characters that are no text; remove them.`);
  }
  return text.trim();
}

/** A name that must not be empty. */
export function checkedName(field: string, text: string): string {
  const name = checkedText(field, text, LONGEST_NAME);
  if (name === '') throw badInput(field, `"${field}" must have 1 to ${LONGEST_NAME} characters; give it.`);
  return name;
}

function checkedList<Item>(field: string, list: readonly Item[], longest: number): readonly Item[] {
  if (list.length > longest) throw badInput(field, `"${field}" takes at most ${longest} entries; give fewer.`);
  return list;
}

/**
 * What is to be stored about a customer of this account: absent fields stay absent, null stays null.
 * @param path where its fields stand below `input`
 */
export function customerInput(
  context: Context,
  account: Account,
  customer: GivenCustomer,
  path: string,
): CustomerInput {
  const { tags, customFields, ...fields } = customer;
  const plain = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, checkedValue(`${path}.${name}`, value)]);
  return {
    ...Object.fromEntries(plain),
    ...(tags === undefined || tags === null ? {} : { tags: tagRefs(context, account, tags, `${path}.tags`) }),
    ...(customFields === undefined || customFields === null
      ? {}
      : { customFields: customFieldInputs(customFields, `${path}.customFields`) }),
  };
}

/** Texts at any depth are checked; parts of an object that are not given stay absent. */
function checkedValue(field: string, value: unknown): unknown {
  const name = field.slice(field.lastIndexOf('.') + 1);
  if (typeof value === 'string') {
    const text = checkedText(field, value, LONGEST[name]);
    if (name === 'email' && text !== '' && !/^[^@\s]+@[^@\s]+$/.test(text)) {
      throw badInput(field, `"${field}" must be an e-mail address; correct it.`);
    }
    return text;
  }
  if (Array.isArray(value)) {
    const longest = value.some((item) => typeof item === 'object') ? LONGEST_SHORT_LIST : LONGEST_LIST;
    return checkedList(field, value, longest).map((item, index) => checkedValue(`${field}.${index}`, item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([part, inner]) => [part, checkedValue(`${field}.${part}`, inner)]),
  );
}

/** Tags by global id or by name. */
export function tagRefs(
  context: Context,
  account: Account,
  tags: readonly TagInput[],
  path: string,
): readonly TagRef[] {
  return checkedList(path, tags, LONGEST_LIST).map((tag, index): TagRef => {
    const field = `${path}.${index}`;
    const { id, name } = given(tag);
    if ((id === undefined) === (name === undefined)) {
      throw badInput(field, `"${field}" takes exactly one of id and name; give one.`);
    }
    if (name !== undefined) return { name: checkedName(`${field}.name`, name) };
    const decoded = decodeId(context, `${field}.id`, id ?? '');
    const address = addressOf(context, decoded.account, decoded.vendorId);
    if (decoded.type === 'Tag' && address?.account.id === account.id) return { vendorId: address.vendorId };
    throw badInput(`${field}.id`, `"${field}.id" must be the id of a tag of the same account; correct it.`);
  });
}

const SHAPES = { text: 'TEXT', number: 'NUMBER', boolean: 'BOOLEAN', date: 'DATE', list: 'LIST' } as const;

/** Values for custom fields, each of exactly one kind. */
export function customFieldInputs(fields: readonly GivenField[], path: string): readonly CustomFieldInput[] {
  const names = new Set<string>();
  return checkedList(path, fields, LONGEST_LIST).map(({ name: label, ...values }, index) => {
    const field = `${path}.${index}`;
    const name = checkedName(`${field}.name`, label);
    if (names.has(name)) throw badInput(`${field}.name`, `"${field}.name" was given twice; give each field once.`);
    names.add(name);
    const [entry, second] = Object.entries(values).filter(([, value]) => value !== undefined);
    if (entry === undefined || second !== undefined) {
      throw badInput(field, `"${field}" takes exactly one of text, number, boolean, date and list; give one.`);
    }
    const [kind, value] = entry as [keyof typeof SHAPES, unknown];
    const checked = kind === 'list' && value === null ? [] : checkedValue(`${field}.${kind}`, value);
    return { name, shape: SHAPES[kind], [kind]: checked } as CustomFieldInput;
  });
}

/** An event, with what is given of it. */
export function eventInput(event: CustomerEventInput): EventInput {
  const checked = Object.fromEntries(
    Object.entries(given(event)).map(([name, text]) => {
      const longest = name === 'name' || name === 'campaignId' ? LONGEST_NAME : LONGEST_TEXT;
      return [name, checkedText(`event.${name}`, text as string, longest)];
    }),
  ) as EventInput;
  if (Object.keys(checked).length === 0) throw badInput('event', '"event" names nothing that happened; give a field.');
  if (checked.name === '') throw badInput('event.name', '"event.name" must not be empty; give it or leave it out.');
  if (checked.payload === undefined) return checked;
  if (checked.name === undefined) throw badInput('event.payload', '"event.payload" needs an "event.name"; give one.');
  try {
    JSON.parse(checked.payload);
  } catch {
    throw badInput('event.payload', '"event.payload" must be JSON text; correct it.');
  }
  return checked;
}
