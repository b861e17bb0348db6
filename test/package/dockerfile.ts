/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals, such as `COPY`. */
  readonly name: string;
  /** Flags such as `--from=build`, without the dashes. */
  readonly flags: Readonly<Record<string, string>>;
  /** The rest, in words; of a list in JSON its items. */
  readonly words: readonly string[];
  /** The rest, as it is written. */
  readonly text: string;
}

export interface Stage {
  readonly base: string;
  /** As later stages call it; the last one has none. */
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** Reads as much of the language as our Dockerfile uses. */
export function readDockerfile(text: string): readonly Stage[] {
  const lines = text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { base: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const instruction of lines.map(readInstruction)) {
    if (instruction.name === 'FROM') {
      const [base = '', , name] = instruction.words;
      stages.push({ base, name, instructions: [] });
    } else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function readInstruction(line: string): Instruction {
  const [, name = '', flagText = '', text = ''] = /^([A-Z]+)\s+((?:--\S+\s+)*)(.*)$/.exec(line) ?? [];
  const flags = Object.fromEntries(
    [...flagText.matchAll(/--([\w-]+)=(\S+)/g)].map(([, flag = '', value = '']) => [flag, value]),
  );
  // HEALTHCHECK has its command behind CMD.
  const list = /^(?:CMD )?(\[.*\])$/.exec(text)?.[1];
  return { name, flags, text, words: list === undefined ? text.split(/\s+/) : JSON.parse(list) };
}

/** The variables that a stage sets. */
export const environmentOf = ({ instructions }: Stage): Record<string, string> =>
  Object.fromEntries(
    instructions
      .filter(({ name }) => name === 'ENV')
      .flatMap(({ words }) => words.map((word) => word.split('=') as [string, string])),
  );

/** The words of the last instruction of that name. */
export const lastOf = ({ instructions }: Stage, name: string): readonly string[] =>
  instructions.findLast((instruction) => instruction.name === name)?.words ?? [];
