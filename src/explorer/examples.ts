import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One operation to try, as the explorer's panel shows it. */
export interface Example {
  /** Its place: `<group>/<file>` without numbers and ending. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it shows. */
  readonly sentence: string;
  readonly kind: 'read' | 'dryRun' | 'write';
  /** The operation, without the comment that says what it is. */
  readonly document: string;
  /** JSON text; empty where the operation takes none. */
  readonly variables: string;
}

export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly Example[];
}

const FOLDER = join(import.meta.dirname, 'examples');
const ENDING = '.graphql';

/**
 * All examples of the folder `examples/`: one folder for each group and one file for each operation, in the order of the
 * numbers their names begin with. A file begins with a comment: its first line is the title, the rest the sentence. A
 * file beside it that ends in `.variables.json` holds the variables.
 */
export function readExamples(): readonly ExampleGroup[] {
  return namesIn(FOLDER).map((group) => {
    const files = namesIn(join(FOLDER, group)).filter((name) => name.endsWith(ENDING));
    return { title: titleOf(group), examples: files.map((file) => readExample(group, file)) };
  });
}

function readExample(group: string, file: string): Example {
  const path = join(FOLDER, group, file.slice(0, -ENDING.length));
  const lines = readFileSync(path + ENDING, 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  const [title = '', ...words] = lines.slice(0, end).map((line) => line.replace(/^#\s*/, ''));
  const document = lines.slice(end).join('\n').trim();
  return {
    id: `${unnumbered(group)}/${unnumbered(file.slice(0, -ENDING.length))}`,
    title,
    sentence: words.join(' '),
    kind: !/^mutation\b/m.test(document) ? 'read' : /\bdryRun: true\b/.test(document) ? 'dryRun' : 'write',
    document: `${document}\n`,
    variables: textOf(`${path}.variables.json`),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

const namesIn = (folder: string): readonly string[] => readdirSync(folder).sort();
const unnumbered = (name: string): string => name.replace(/^\d+-/, '');

/** `03-list-across-crms` is "List across CRMs". */
function titleOf(group: string): string {
  const words = unnumbered(group).replaceAll('-', ' ').replace(/\bcrm/g, 'CRM');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
