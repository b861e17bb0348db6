/** The fields of a new customer that these pages have, by their names in `CustomerInput`. */
export const FIELDS = {
  fullName: 'Full name',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
} as const;

export type Field = keyof typeof FIELDS;
export type Values = Partial<Record<Field, string>>;

export interface Account {
  readonly id: string;
  readonly label: string;
  readonly customerWrites: readonly {
    readonly kind: string;
    readonly writableFields: readonly string[];
    readonly requiredFields: readonly { readonly anyOf: readonly string[] }[];
  }[];
}

export interface FormField {
  readonly name: Field;
  readonly label: string;
  /** The CRM refuses a customer without it. */
  readonly isRequired: boolean;
}

/** The accounts whose CRM makes customers. */
export const canCreate = ({ customerWrites }: Account): boolean => customerWrites.some(({ kind }) => kind === 'CREATE');

/** What a form for a new customer of this account has; each CRM takes other fields, and the graph says which. */
export function formFields({ customerWrites }: Account): readonly FormField[] {
  const write = customerWrites.find(({ kind }) => kind === 'CREATE');
  return (Object.keys(FIELDS) as Field[])
    .filter((name) => write?.writableFields.includes(name))
    .map((name) => {
      const isRequired = write?.requiredFields.some(({ anyOf }) => anyOf.length === 1 && anyOf[0] === name) === true;
      return { name, label: `${FIELDS[name]}${isRequired ? ' (required)' : ''}`, isRequired };
    });
}

/** Without the fields that were left empty: an empty text would be stored as one. */
export const givenValues = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
