import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { vendors } from '../src/vendors/index.ts';

// Who may import whom. Each rule says what to do instead, because the reader of a failure is new here.

const ROOT = join(import.meta.dirname, '..');

interface Import {
  readonly file: string;
  /** A path below the root for our own files, a package's name, or `node:...`. */
  readonly target: string;
  readonly typeOnly: boolean;
  /** Loaded when needed, with `import(...)`. */
  readonly dynamic: boolean;
}

interface Rule {
  readonly who: string;
  readonly files: RegExp;
  readonly may: readonly RegExp[];
  /** What types, erased at run time, may come from besides. */
  readonly mayForTypes?: readonly RegExp[];
  readonly instead: string;
}

const VENDOR = vendors.map(({ key }) => key).join('|');
const NODE = /^node:/;
const CRM = /^src\/crm\//;

const RULES: readonly Rule[] = [
  {
    who: 'crm/ (our words)',
    files: CRM,
    may: [CRM],
    mayForTypes: [/^zod$/],
    instead:
      'crm/ knows nobody. Take what you need as an argument, or put code that needs a package into the folder of that subject.',
  },
  {
    who: 'http/ (the only door out)',
    files: /^src\/http\//,
    may: [/^src\/http\//, CRM, /^undici$/, /^zod$/, NODE],
    instead:
      "http/ sends one request and judges the answer. What only one vendor does belongs in that vendor's client.ts.",
  },
  {
    who: 'a vendor',
    files: new RegExp(`^src/vendors/(${VENDOR})/(?!emulator)`),
    may: [CRM, /^zod$/],
    mayForTypes: [/^src\/http\/vendorRequest\.ts$/, /^src\/vendors\/vendor\.ts$/],
    instead:
      'A vendor gets `send` and `clock` handed to `connect`; it needs crm/, zod and types, and never another vendor.',
  },
  {
    who: "a vendor's emulator",
    files: new RegExp(`^src/vendors/(${VENDOR})/emulator`),
    may: [/^src\/emulation\//, /^zod$/, NODE],
    instead:
      "An emulator that shares code with the adapter proves nothing about it: write the vendor's side anew on emulation/.",
  },
  {
    who: 'the vendor contract',
    files: /^src\/vendors\/vendor\.ts$/,
    may: [],
    mayForTypes: [CRM, /^src\/http\/vendorRequest\.ts$/, /^src\/emulation\//, /^zod$/],
    instead: 'vendors/vendor.ts holds types only.',
  },
  {
    who: 'the registry',
    files: /^src\/vendors\/index\.ts$/,
    may: [new RegExp(`^src/vendors/(${VENDOR})/index\\.ts$`)],
    mayForTypes: [/^src\/vendors\/vendor\.ts$/],
    instead: 'vendors/index.ts lists vendors, one line each, and does nothing else.',
  },
  {
    who: 'emulation/ (what emulators share)',
    files: /^src\/emulation\//,
    may: [/^src\/emulation\//, /^zod$/, NODE],
    instead: 'emulation/ stands for the outside world: it must not know how we see it.',
  },
  {
    who: 'graphql/ (the graph)',
    files: /^src\/graphql\//,
    // zod knows the calendar for date scalars.
    may: [
      /^src\/(graphql|execution)\//,
      CRM,
      /^graphql$/,
      /^@apollo\/subgraph$/,
      /^dataloader$/,
      /^zod$/,
      /^node:crypto$/,
    ],
    instead:
      'Resolvers ask loaders and adapters in our own words. Anything else they need is handed in through the context.',
  },
  {
    who: 'execution/ (operations as plans)',
    files: /^src\/execution\//,
    may: [/^src\/execution\//, /^graphql$/],
    instead: 'execution/ executes any schema by the rules of graphql-js; what ours means belongs in graphql/.',
  },
  {
    who: 'ids/',
    files: /^src\/ids\//,
    may: [/^src\/ids\//, CRM, /^@noble\/ciphers\//, NODE],
    instead: 'ids/ makes ids and cursors; app.ts hands them in.',
  },
  {
    who: 'callers/ (who may come in)',
    files: /^src\/callers\//,
    may: [/^src\/callers\//, CRM, /^zod$/, /^jose$/, NODE],
    instead: 'callers/ finds out who asks; app.ts hands the gate to the server.',
  },
  {
    who: 'incoming/ (the only door in)',
    files: /^src\/incoming\//,
    may: [/^src\/incoming\//, CRM, /^fastify$/, /^graphql$/, /^node:buffer$/],
    mayForTypes: [/^@apollo\/server$/, /^node:http$/],
    instead: 'incoming/ knows HTTP and no graph; server.ts puts it in front and hands it what it needs.',
  },
  {
    who: 'persisted/ (documents sent by an id)',
    files: /^src\/persisted\//,
    may: [/^src\/persisted\//, /^src\/incoming\//, CRM, /^zod$/, NODE],
    mayForTypes: [/^fastify$/, /^src\/config\.ts$/],
    instead: 'persisted/ finds the document of a request and knows no graph; server.ts puts it in front of everything.',
  },
  {
    who: 'phones/',
    files: /^src\/phones\//,
    may: [CRM, /^libphonenumber-js/],
    instead: 'phones/ reads phone numbers; app.ts hands it in.',
  },
  {
    who: 'writes/ (what really happened to a write)',
    files: /^src\/writes\//,
    may: [/^src\/writes\//, CRM],
    instead:
      'writes/ carries writes out in our own words; vendors, the store and the graph are handed to it or hand it in.',
  },
  {
    who: 'store/ (what outlives the process)',
    files: /^src\/store\//,
    may: [/^src\/store\//, CRM, NODE],
    instead: 'store/ keeps what it is given behind the interfaces of crm/; app.ts hands it in.',
  },
  {
    who: 'cache/ (answers kept for a while)',
    files: /^src\/cache\//,
    may: [/^src\/cache\//, CRM],
    instead:
      'cache/ wraps an adapter and knows nothing but crm/; whoever writes is handed `forget`, and app.ts wires it.',
  },
  {
    who: 'watching/ (what happens, for those who run it)',
    files: /^src\/watching\//,
    may: [/^src\/watching\//, CRM, /^pino$/, /^prom-client$/, /^@opentelemetry\/api$/, NODE],
    instead:
      'watching/ is told what happens through the interface crm/watch.ts; whoever has something to tell takes a Watch.',
  },
  {
    who: 'status/ (the status page)',
    files: /^src\/status\//,
    may: [/^src\/status\//, CRM, NODE],
    mayForTypes: [/^fastify$/],
    instead: 'status/ shows what crm/ knows of accounts and what it was told as a Watch; app.ts hands everything in.',
  },
  {
    who: 'explorer/ (pages to try the graph)',
    files: /^src\/explorer\//,
    may: [/^src\/explorer\//, /^@apollo\/server\/plugin\/landingPage\/default$/, NODE],
    mayForTypes: [/^fastify$/, /^@apollo\/server$/],
    instead: 'explorer/ serves pages and asks nothing itself: they ask the graph over HTTP like anybody.',
  },
  {
    who: 'config.ts',
    files: /^src\/config\.ts$/,
    may: [/^zod$/],
    instead: 'config.ts checks settings that are handed to it; main.ts reads the environment.',
  },
  {
    who: 'server.ts',
    files: /^src\/server\.ts$/,
    may: [
      /^src\/(explorer\/sandbox\.ts$|(graphql|incoming|persisted)\/)/,
      CRM,
      /^graphql$/,
      /^@apollo\/server/,
      /^@as-integrations\/fastify$/,
      /^fastify$/,
      /^node:http$/,
    ],
    instead:
      'server.ts puts the graph behind HTTP; it opens nothing and reads no setting. Hand the part in from app.ts.',
  },
  {
    who: 'app.ts',
    files: /^src\/app\.ts$/,
    may: [
      CRM,
      /^src\/(http|cache|ids|phones|callers|incoming|persisted|writes|store|watching|status|explorer)\//,
      /^src\/server\.ts$/,
      NODE,
    ],
    mayForTypes: [/^src\/(config|vendors\/vendor|graphql\/context)\.ts$/, /^fastify$/, /^@opentelemetry\/api$/],
    instead: 'app.ts opens and wires; the vendors and the settings are handed to it.',
  },
  {
    who: 'demo.ts',
    files: /^src\/demo\.ts$/,
    may: [],
    mayForTypes: [/^src\/(config|vendors\/vendor)\.ts$/, /^src\/emulation\//],
    instead: 'demo.ts starts emulators of the vendors handed to it.',
  },
  {
    who: 'service.ts',
    files: /^src\/service\.ts$/,
    may: [/^src\/(app|config|demo|vendors\/index|callers\/apiKeys|persisted\/safelist)\.ts$/],
    mayForTypes: [/^src\/watching\/log\.ts$/],
    instead: 'service.ts starts what a configuration describes, for the program and the library alike.',
  },
  {
    who: 'the library entry',
    files: /^src\/(index|settings)\.ts$/,
    may: [/^src\/(settings|service|config|vendors\/index|watching\/log)\.ts$/],
    instead: 'index.ts and settings.ts turn the settings of a library user into a configuration; service.ts starts it.',
  },
  {
    who: 'main.ts',
    files: /^src\/main\.ts$/,
    may: [
      /^src\/(app|config|service|settings|vendors\/index|callers\/apiKeys|watching\/(log|export|together))\.ts$/,
      /^node:(fs|path)$/,
    ],
    instead: 'main.ts reads the environment, starts the app and handles signals; everything else belongs in app.ts.',
  },
];

function files(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

const sources = files('src', '.ts').filter((file) => file !== 'src/graphql/generated.ts');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

function importsOf(file: string): Import[] {
  const text = textOf(file);
  const found: Import[] = [];
  for (const [, type, names, target = ''] of text.matchAll(
    /^(?:import|export)\s+(type\s+)?([^'";]*?from\s+)?'([^']+)'/gm,
  )) {
    const onlyTypes =
      type !== undefined || (names !== undefined && /^\{(\s*type\s[^,}]*,?)+\s*\}\s*from\s+$/.test(names));
    found.push({ file, target: resolve(file, target), typeOnly: onlyTypes, dynamic: false });
  }
  for (const [, target = ''] of text.matchAll(/\bimport\('([^']+)'\)/g)) {
    found.push({ file, target: resolve(file, target), typeOnly: false, dynamic: true });
  }
  return found;
}

const resolve = (file: string, target: string): string =>
  target.startsWith('.') ? normalize(join(dirname(file), target)).replaceAll('\\', '/') : target;

function allowed(rule: Rule, { file, target, typeOnly, dynamic }: Import): boolean {
  // A vendor's own files see each other; its emulator is loaded only when a demo or a test asks for it.
  const own = /^src\/vendors\/\w+\//.test(file) && dirname(file) === dirname(target);
  if (own && /emulator/.test(target) && !/emulator/.test(file)) return dynamic;
  if (own && /emulator/.test(file)) return /\/(wire|emulator\w*)\.ts$/.test(target);
  if (own) return true;
  return [...rule.may, ...(typeOnly ? (rule.mayForTypes ?? []) : [])].some((pattern) => pattern.test(target));
}

describe('architecture', () => {
  test.each(sources)('%s imports only what its room may', (file) => {
    const rule = RULES.find(({ files }) => files.test(file));
    if (rule === undefined)
      throw new Error(`${file} has no room: put it into one of the folders, or add a rule for a new subject here.`);
    for (const found of importsOf(file)) {
      if (!allowed(rule, found))
        throw new Error(`${file} imports ${found.target}, which ${rule.who} may not. ${rule.instead}`);
    }
  });

  test('no vendor is named outside its own folder and the registry', () => {
    const word = new RegExp(VENDOR, 'i');
    const elsewhere = [...sources, ...files('schema', '.graphql'), 'src/graphql/generated.ts'].filter(
      (file) => !new RegExp(`^src/vendors/(${VENDOR}|index\\.ts)`).test(file),
    );
    expect(elsewhere.length).toBeGreaterThan(50);
    for (const file of elsewhere) {
      const line = textOf(file)
        .split('\n')
        .find((text) => word.test(text));
      if (line !== undefined)
        throw new Error(`${file} names a vendor ("${line.trim()}"): vendors are data; say it in the vendor's folder.`);
    }
  });

  test('undici is imported in http/http1/ only', () => {
    expect(
      sources
        .filter((file) => importsOf(file).some(({ target }) => target === 'undici'))
        .map(dirname)
        .every((folder) => folder === 'src/http/http1'),
    ).toBe(true);
  });

  test('the environment is read in main.ts only, and NODE_ENV in index.ts', () => {
    expect(sources.filter((file) => /\bprocess\.env\b(?!\.NODE_ENV)/.test(textOf(file)))).toEqual(['src/main.ts']);
    expect(sources.filter((file) => /\bprocess\.env\.NODE_ENV\b/.test(textOf(file)))).toEqual(['src/index.ts']);
  });

  test('main.ts is imported by nobody', () => {
    expect(sources.filter((file) => importsOf(file).some(({ target }) => target === 'src/main.ts'))).toEqual([]);
  });
});
