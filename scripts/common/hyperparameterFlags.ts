/** The hyper-parameters as flags: names, ranges and words of the help come from the one table. */
import {
  type Config,
  HYPERPARAMETERS,
  type Hyperparameter,
  validateConfig,
} from '../../src/config/hyperparameters.ts';
import type { CommandLine } from './commandLine.ts';
import type { Flag } from './flag.ts';
import { UsageError } from './usageError.ts';

/** A group of flags for each group of the table. */
export const HYPERPARAMETER_GROUPS: NonNullable<CommandLine<Record<string, never>>['groups']> = [
  ...new Set(HYPERPARAMETERS.map(({ group }) => group)),
].map((title) => ({
  title,
  flags: Object.fromEntries(
    HYPERPARAMETERS.filter(({ group }) => group === title).map((entry) => [entry.urlKey, flagOf(entry)]),
  ),
}));

/**
 * The configuration `base` with the texts of the flags in it. Throws a {@link UsageError} on the first that is out of
 * range, and on values that do not go together.
 */
export function configWith(texts: Readonly<Record<string, string>>, base: Readonly<Config>): Config {
  const values: Record<string, string> = {};
  for (const { key, urlKey } of HYPERPARAMETERS) {
    const text = texts[urlKey];
    if (text !== undefined) values[key] = text;
  }
  const { config, problems } = validateConfig(values, base);
  if (problems[0]) throw new UsageError(withoutFallback(problems[0].message));
  return config;
}

function flagOf(entry: Hyperparameter): Flag<string | null> {
  const [value, range] = rangeOf(entry);
  return {
    value,
    help: `${range}${entry.reason}`,
    fallback: null,
    usual: entry.default === '' ? null : String(entry.default),
    read: (text) => text,
  };
}

/** What stands for the value in the help, and what it may be. */
function rangeOf(entry: Hyperparameter): [value: string, range: string] {
  switch (entry.kind) {
    case 'boolean':
      return ['true|false', ''];
    case 'choice':
      return ['NAME', `${entry.choices.join(', ')}: `];
    case 'integer':
      return ['N', `${entry.min} to ${entry.max}: `];
    case 'number':
      return ['X', `${entry.min} to ${entry.max}: `];
  }
}

/** The page goes on with the default and says so; the command line stops instead. */
function withoutFallback(message: string): string {
  return message.replace(/[;.] (using|Using|It stays) .*$/, '.');
}
