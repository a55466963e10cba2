/** The one reader of command lines, around `parseArgs` of `node:util`: typed values, plain errors, the help. */
import { parseArgs } from 'node:util';
import { nearestName } from '../../src/config/nearest.ts';
import type { Flag } from './flag.ts';
import { UsageError } from './usageError.ts';

type Flags = Readonly<Record<string, Flag<unknown>>>;

export interface CommandLine<F extends Flags> {
  /** How it is called, e.g. `npm run score -- [flags]`. */
  usage: string;
  /** What it does, in a few lines. */
  about: string;
  flags: F;
  /** Further flags, under titles in the help; their texts are handed on as they are. */
  groups?: readonly { title: string; flags: Readonly<Record<string, Flag<string | null>>> }[];
  /** Whether words that are no flags mean anything. */
  takesNames?: boolean;
  /** Flags that are gone: taken with their value and left out. */
  retired?: readonly string[];
  /** What stands at the end of the help. */
  notes?: string;
}

export interface Given<F extends Flags> {
  values: { [K in keyof F]: F[K] extends Flag<infer T> ? T : never };
  /** Texts of the given flags of the groups. */
  texts: Record<string, string>;
  /** What is no flag, in its order. */
  names: string[];
  /** Given flags that are gone. */
  retired: string[];
}

/** `--help` was given: nothing is done, and this text is printed. */
export class HelpAsked extends Error {}

/**
 * Reads `--flag value`, `--flag=value`, `--switch` and names, in any order. Throws {@link HelpAsked} when `--help` is
 * among them, and a {@link UsageError} of one plain line on an unknown flag, a missing value or one out of range.
 */
export function readCommandLine<F extends Flags>(args: readonly string[], line: CommandLine<F>): Given<F> {
  const flags: Flags = Object.assign({}, line.flags, ...(line.groups ?? []).map((group) => group.flags));
  const retired = new Set(line.retired?.filter((name) => !Object.hasOwn(flags, name)));
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries([...retired].map((name) => [name, { type: 'string' as const }])),
      ...Object.fromEntries(
        Object.entries(flags).map(([name, { value }]) => [
          name,
          { type: value === null ? ('boolean' as const) : ('string' as const) },
        ]),
      ),
      help: { type: 'boolean' },
    },
    // Its own errors name neither the nearest flag nor what is missing, so that the tokens are checked here.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options = tokens.filter((token) => token.kind === 'option');
  if (options.some(({ rawName }) => rawName === '--help')) throw new HelpAsked(helpOf(line));
  const given = new Map<string, string>();
  for (const { name, rawName, value, inlineValue } of options) {
    if (!rawName.startsWith('--') || !(Object.hasOwn(flags, name) || retired.has(name))) {
      throw new UsageError(unknownFlag(rawName, Object.keys(flags)));
    }
    if (given.has(name)) throw new UsageError(`--${name} is given twice.`);
    const isSwitch = flags[name]?.value === null;
    if (isSwitch && inlineValue) throw new UsageError(`--${name} takes no value.`);
    // The next flag is nobody's value, a number below zero may be.
    const isMissing = !value || (!inlineValue && value.startsWith('--'));
    if (!isSwitch && isMissing) throw new UsageError(`--${name} needs a value.`);
    given.set(name, value ?? '');
  }
  // After the flags: what follows an unknown one is a name only because nobody takes it as a value.
  if (positionals[0] !== undefined && !line.takesNames) {
    throw new UsageError(`“${positionals[0]}” is not a flag; flags begin with --.`);
  }
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(line.flags)) {
    const text = given.get(name);
    values[name] = text === undefined ? flag.fallback : readValue(name, text, flag);
  }
  const texts = Object.fromEntries(
    [...given].filter(([name]) => !Object.hasOwn(line.flags, name) && !retired.has(name)),
  );
  return {
    values: values as Given<F>['values'],
    texts,
    names: positionals,
    retired: [...given.keys()].filter((name) => retired.has(name)),
  };
}

function readValue<T>(name: string, text: string, flag: Flag<T>): T {
  try {
    return flag.read(text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--${name} ${error.message}.`);
  }
}

function unknownFlag(rawName: string, known: readonly string[]): string {
  const word = rawName.replace(/^-+/, '');
  const begun = word.length > 2 ? known.find((name) => name.startsWith(word)) : undefined;
  const meant = nearestName(word, known) ?? begun;
  return `There is no flag ${rawName}; ${meant === undefined ? '' : `did you mean --${meant}? `}--help lists them.`;
}

/** Width of a terminal, at least as wide as the lines of the help. */
const WIDTH = 110;

/** What `--help` prints. */
function helpOf({ usage, about, flags, groups = [], notes }: CommandLine<Flags>): string {
  const help: Flag<boolean> = {
    value: null,
    help: 'this text',
    fallback: false,
    usual: null,
    read: () => true,
  };
  const sections = [
    [usage],
    [about],
    flagLines({ ...flags, help }),
    ...groups.map((group) => [group.title, ...flagLines(group.flags)]),
    ...(notes === undefined ? [] : [[notes]]),
  ];
  return sections.map((lines) => lines.join('\n')).join('\n\n');
}

function flagLines(flags: Flags): string[] {
  const rows = Object.entries(flags).map(([name, { value, help, usual }]) => ({
    head: `  --${name}${value === null ? '' : ` ${value}`}`,
    words: `${help}${usual === null ? '' : ` (default ${usual})`}`.split(' '),
  }));
  const indent = Math.max(...rows.map(({ head }) => head.length)) + 2;
  return rows.flatMap(({ head, words }) => {
    const lines = [''];
    for (const word of words) {
      const last = lines.at(-1) as string;
      if (last !== '' && indent + last.length + 1 + word.length > WIDTH) lines.push(word);
      else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
    return lines.map((text, i) => `${(i === 0 ? head : '').padEnd(indent)}${text}`);
  });
}
