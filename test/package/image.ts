import { strictEqual } from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkAnswer } from './consumer.ts';
import { environmentOf, type Instruction, lastOf, readDockerfile, type Stage } from './dockerfile.ts';
import { run, startGraph } from './run.ts';

/**
 * Does what the Dockerfile says in folders instead of images, and starts what comes out of it. What only an image has is
 * left out: the base, users, and folders at the root. The tools are those that the same lockfile has brought here.
 */
export async function checkImage(root: string, folder: string, environment: Record<string, string | undefined>) {
  const stages = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
  const folderOf = (stage: Stage): string => join(folder, stage.name ?? 'image');
  const image = stages.at(-1) as Stage;
  const perform = async (stage: Stage): Promise<void> => {
    mkdirSync(folderOf(stage), { recursive: true });
    for (const instruction of stage.instructions) {
      if (instruction.name === 'COPY') copy(instruction, folderOf(stage));
      else if (/^npm ci (?!.*--omit=dev)/.test(instruction.text))
        symlinkSync(join(root, 'node_modules'), join(folderOf(stage), 'node_modules'));
      else if (instruction.name === 'RUN' && instruction.text.startsWith('npm '))
        await run('sh', ['-c', instruction.text], { folder: folderOf(stage), environment });
    }
  };
  function copy({ flags, words }: Instruction, target: string): void {
    const from = flags.from === undefined ? undefined : stages.find(({ name }) => name === flags.from);
    for (const word of words.slice(0, -1)) {
      // The working directory of all stages is /app.
      const source = from === undefined ? join(root, word) : join(folderOf(from), word.replace(/^\/app\//, ''));
      const place = join(target, words.at(-1) ?? '');
      const isInto = words.at(-1)?.endsWith('/') && statSync(source).isFile();
      cpSync(source, isInto ? join(place, basename(source)) : place, {
        recursive: true,
        // As .dockerignore says.
        filter: (path) => from !== undefined || basename(path) !== 'node_modules',
      });
    }
  }
  // As the build of an image does, the stages that need no other one at the same time.
  await Promise.all(stages.filter((stage) => stage !== image).map(perform));
  await perform(image);
  strictEqual(existsSync(join(folderOf(image), 'node_modules', 'typescript')), false, 'tools in the image');
  const [command = '', ...words] = [...lastOf(image, 'ENTRYPOINT'), '--demo'];
  const program = await startGraph(command, words, {
    folder: folderOf(image),
    // The demo listens here only.
    environment: { ...environment, ...environmentOf(image), NODE_ENV: 'development', HOST: '127.0.0.1', PORT: '0' },
  });
  await checkAnswer(program.url);
  const { end } = await program.stop();
  strictEqual(end, 0, 'how the program of the image ends after SIGTERM');
}
