import ts from 'typescript';

// Regular expressions whose work can grow faster than the text they look at. Biome has no rule for it.

export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/** All patterns written down in a file of TypeScript. */
export function patternsIn(name: string, text: string): readonly Pattern[] {
  const patterns: Pattern[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      patterns.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
  return patterns;
}

/** From so many repetitions on, more of them are as good as without an end. */
const MANY = 1_000;

type Node =
  /** One character of a set, by the text that stands for the set. */
  | { readonly kind: 'one'; readonly set: string }
  /** Takes no character: a look around, a border, an end. */
  | { readonly kind: 'nothing'; readonly inside?: Node }
  | { readonly kind: 'each'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly options: readonly Node[] }
  | { readonly kind: 'repeated'; readonly part: Node; readonly least: number; readonly most: number };

const SET =
  /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Z]|[\s\S])|[\s\S])/u;
const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/;
const GROUP = /^\((?:\?(?:<?[=!]|:|<\w+>))?/;

function parse({ source }: Pattern): Node {
  let rest = source;
  const take = (pattern: RegExp): string[] | undefined => {
    const match = pattern.exec(rest) ?? undefined;
    rest = rest.slice(match?.[0].length ?? 0);
    return match;
  };

  function either(): Node {
    const options = [each()];
    while (take(/^\|/) !== undefined) options.push(each());
    return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'either', options };
  }

  function each(): Node {
    const parts: Node[] = [];
    while (rest !== '' && !/^[|)]/.test(rest)) {
      const part = single();
      const [sign, least = '', comma, most] = take(QUANTIFIER) ?? [];
      if (sign === undefined) parts.push(part);
      else if (least !== '')
        parts.push({
          kind: 'repeated',
          part,
          least: Number(least),
          most: Number(comma === '' ? least : most || Infinity),
        });
      else
        parts.push({
          kind: 'repeated',
          part,
          least: sign.startsWith('+') ? 1 : 0,
          most: sign.startsWith('?') ? 1 : Infinity,
        });
    }
    return { kind: 'each', parts };
  }

  function single(): Node {
    const [group] = take(GROUP) ?? [];
    if (group !== undefined) {
      const inside = either();
      take(/^\)/);
      return /[=!]/.test(group) ? { kind: 'nothing', inside } : inside;
    }
    if (take(/^(?:[$^]|\\[bB])/) !== undefined) return { kind: 'nothing' };
    const [set = ''] = take(SET) ?? [];
    return { kind: 'one', set };
  }

  return either();
}

/** Characters that tell the sets in our patterns apart. */
const SAMPLES = [
  ...Array.from({ length: 0x250 }, (_, code) => String.fromCodePoint(code)),
  ...['ạ', '中', '\u2028', '\u202e', '\ufeff', '😀'],
];

/** What is wrong with a pattern; undefined: nothing. */
export function problemOf(pattern: Pattern): string | undefined {
  const flags = pattern.flags.replace(/[dgmsy]/g, '');
  const known = new Map<string, ReadonlySet<string>>();

  function charactersOf(set: string): ReadonlySet<string> {
    let characters = known.get(set);
    if (characters === undefined) {
      const one = new RegExp(`^(?:${set})$`, `${flags}s`);
      characters = new Set(SAMPLES.filter((sample) => one.test(sample)));
      known.set(set, characters);
    }
    return characters;
  }

  /** What a match can begin with, or with `atEnd` end with. */
  function borderOf(node: Node, atEnd: boolean): ReadonlySet<string> {
    switch (node.kind) {
      case 'one':
        return charactersOf(node.set);
      case 'nothing':
        return new Set();
      case 'repeated':
        return borderOf(node.part, atEnd);
      case 'either':
        return new Set(node.options.flatMap((option) => [...borderOf(option, atEnd)]));
      default: {
        const found = new Set<string>();
        for (const part of atEnd ? [...node.parts].reverse() : node.parts) {
          for (const character of borderOf(part, atEnd)) found.add(character);
          if (!canBeEmpty(part)) break;
        }
        return found;
      }
    }
  }

  const overlap = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
    [...one].some((character) => other.has(character));

  /**
   * @param after what may come behind the node
   * @param repeated whether the node is in a repetition
   */
  function problemIn(node: Node, after: ReadonlySet<string>, repeated: boolean): string | undefined {
    switch (node.kind) {
      case 'one':
        return undefined;
      case 'nothing':
        return node.inside && problemIn(node.inside, new Set(), false);
      case 'repeated': {
        const start = borderOf(node.part, false);
        // A text could be shared out between the two in more and more ways.
        if (repeated && isMany(node) && overlap(start, after)) return 'a repetition is repeated';
        return problemIn(node.part, node.most > 1 ? new Set([...start, ...after]) : after, repeated || isMany(node));
      }
      case 'either': {
        const starts = node.options.map((option) => borderOf(option, false));
        const twins = starts.some((one, index) => starts.slice(index + 1).some((other) => overlap(one, other)));
        if (repeated && twins) return 'alternatives that are repeated begin alike';
        return node.options.map((option) => problemIn(option, after, repeated)).find(isProblem);
      }
      default: {
        const { parts } = node;
        const within = parts.map((part, index) => {
          const rest: Node = { kind: 'each', parts: parts.slice(index + 1) };
          const next = borderOf(rest, false);
          return problemIn(part, canBeEmpty(rest) ? new Set([...next, ...after]) : next, repeated);
        });
        return within.find(isProblem) ?? problemBetween(parts);
      }
    }
  }

  /** Two repetitions side by side that could share the same text in many ways. */
  function problemBetween(parts: readonly Node[]): string | undefined {
    for (const [index, part] of parts.entries()) {
      if (!isMany(part)) continue;
      for (const next of parts.slice(index + 1)) {
        if (isMany(next) && overlap(borderOf(part, true), borderOf(next, false)))
          return 'two repetitions side by side match the same';
        if (!canBeEmpty(next)) break;
      }
    }
    return undefined;
  }

  return problemIn(parse(pattern), new Set(), false);
}

const isProblem = (problem: string | undefined): boolean => problem !== undefined;

function isMany(node: Node): boolean {
  if (node.kind === 'each' && node.parts.length === 1 && node.parts[0] !== undefined) return isMany(node.parts[0]);
  return node.kind === 'repeated' && node.most >= MANY;
}

function canBeEmpty(node: Node): boolean {
  switch (node.kind) {
    case 'one':
      return false;
    case 'nothing':
      return true;
    case 'repeated':
      return node.least === 0 || canBeEmpty(node.part);
    case 'either':
      return node.options.some(canBeEmpty);
    default:
      return node.parts.every(canBeEmpty);
  }
}
