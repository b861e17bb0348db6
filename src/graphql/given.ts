type Given<Input> = { [Name in keyof Input]?: NonNullable<Input[Name]> };

/** An input without the fields that were left out or null: in a filter both mean "no such condition". */
export function given<Input extends object>(input: Input): Given<Input> {
  const entries = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as Given<Input>;
}
