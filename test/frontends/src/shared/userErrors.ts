export interface UserError {
  /** The input field it is about, as a path below `input`; null where it is about no single one. */
  readonly field: readonly string[] | null;
  readonly message: string;
}

const isAt = (place: string, { field }: UserError): boolean => `${field?.join('.')}.`.startsWith(`${place}.`);

/** What is to be said at this field or at one below it: `tags` takes `tags.0.name` too. */
export const messagesAt = (place: string, errors: readonly UserError[]): string =>
  errors
    .filter((error) => isAt(place, error))
    .map(({ message }) => message)
    .join(' ');

/** What belongs to none of the fields that are shown. Never drop it: it says why nothing was stored. */
export const otherMessages = (places: readonly string[], errors: readonly UserError[]): string =>
  errors
    .filter((error) => !places.some((place) => isAt(place, error)))
    .map(({ message }) => message)
    .join(' ');
