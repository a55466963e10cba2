/**
 * The one table of hyper-parameters: name, default, range, unit, reason, the paper's value, URL key. Defaults,
 * checks, the URL, the command line's flags and the page's form all come from it.
 */
import { hasShippedBase, shippedBasesText } from '../language/level.ts';
import { SPECS } from '../tasks/index.ts';
import { ALL_KINDS, type TaskKind } from '../tasks/task.ts';
import { said } from '../words/said.ts';
import type { BooleanEntry, ChoiceEntry, Entry, NumberEntry } from './entry.ts';
import { LEARNING_TABLE } from './table/learning.ts';
import { REWARD_TABLE } from './table/reward.ts';
import { RUN_TABLE } from './table/run.ts';
import { SELF_PLAY_TABLE } from './table/selfPlay.ts';

const TABLE = { ...RUN_TABLE, ...SELF_PLAY_TABLE, ...REWARD_TABLE, ...LEARNING_TABLE };

type ValueOf<E> = E extends NumberEntry
  ? number
  : E extends BooleanEntry
    ? boolean
    : E extends ChoiceEntry<infer C>
      ? C
      : never;

export type ConfigKey = keyof typeof TABLE;

/** A full configuration of a run. */
export type Config = { [K in ConfigKey]: ValueOf<(typeof TABLE)[K]> };

export type Hyperparameter = Entry & {
  key: ConfigKey;
  /** Name in the URL and, with `--` before it, on the command line. */
  urlKey: string;
};

export const HYPERPARAMETERS: readonly Hyperparameter[] = (Object.keys(TABLE) as ConfigKey[]).map((key) => ({
  ...(TABLE[key] as Entry),
  key,
  urlKey: urlKeyOf(key),
}));

function urlKeyOf(key: string): string {
  return key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

export const DEFAULTS: Readonly<Config> = Object.freeze(
  Object.fromEntries(HYPERPARAMETERS.map((entry) => [entry.key, entry.default])) as unknown as Config,
);

/** A value that was not accepted and what is used instead, in plain words. */
export interface Problem {
  key: string;
  given: unknown;
  message: string;
}

/** Switches that had another name in an older Kelvin: its links and files still set them. */
const FORMER_KEYS: Readonly<Record<string, ConfigKey>> = {
  habit: 'priorCotRate',
  clipNorm: 'maxGradNorm',
  warmUpRamp: 'lrWarmUpUpdates',
  finalRateShare: 'finalLrFraction',
  lossNormalization: 'lossNormalizer',
  textsPerBehaviour: 'textsPerFingerprint',
};

const BY_KEY = new Map<string, Hyperparameter>(HYPERPARAMETERS.map((entry) => [entry.key, entry]));

/** Keys of switches by the name in a link, former names included. */
export const KEY_BY_URL_KEY: ReadonlyMap<string, ConfigKey> = new Map([
  ...HYPERPARAMETERS.map(({ key, urlKey }) => [urlKey, key] as const),
  ...Object.entries(FORMER_KEYS).map(([former, key]) => [urlKeyOf(former), key] as const),
]);

/**
 * A full configuration from whatever was given. A wrong or unknown value never throws: it is named in
 * `problems` and the value of `fallback` is used. Numbers and booleans may come as text (URL, flags).
 */
export function validateConfig(
  partial: Readonly<Record<string, unknown>>,
  fallback: Readonly<Config> = DEFAULTS,
): { config: Config; problems: Problem[] } {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = { ...fallback };
  for (const [name, given] of Object.entries(partial)) {
    const key = FORMER_KEYS[name] ?? name;
    const entry = BY_KEY.get(key);
    if (!entry) {
      problems.push({ key, given, message: `There is no hyper-parameter “${key}”.` });
      continue;
    }
    const value = readValue(entry, given);
    if (value !== undefined) values[key] = value;
    else {
      const used = String(values[key]);
      const message = `${entry.label} (${key}) must be ${expected(entry)}. It stays ${used}.`;
      problems.push({ key, given, message });
    }
  }
  const config = values as Config;
  for (const { key, isBroken, value, why } of JOINT_RULES) {
    if (!isBroken(config)) continue;
    problems.push({ key, given: config[key], message: `${why} Using ${key} = ${value}.` });
    Object.assign(config, { [key]: value });
  }
  return { config, problems };
}

/** The keys whose values differ, in the order of the table. */
export function changedKeys(config: Readonly<Config>, from: Readonly<Config>): ConfigKey[] {
  return HYPERPARAMETERS.map(({ key }) => key).filter((key) => config[key] !== from[key]);
}

/** The kind that is switched on where no other will do. */
const LENDER: TaskKind = 'deduction';

/** Rules between values. They are checked once each value is fine by itself. */
const JOINT_RULES: readonly {
  key: ConfigKey;
  isBroken: (config: Config) => boolean;
  value: Config[ConfigKey];
  why: string;
}[] = [
  {
    key: 'base',
    isBroken: ({ base, size, level }) => base !== 'warm-up' && !hasShippedBase(size, level, base),
    value: 'warm-up',
    why: `There is no such ready-made base: Start would first train one here, which can take hours. ${shippedBasesText()}`,
  },
  {
    key: LENDER,
    isBroken: (config) => ALL_KINDS.every((kind) => !config[kind]),
    value: true,
    why: 'At least one kind of task must be on.',
  },
  {
    key: LENDER,
    isBroken: (config) => {
      const on = ALL_KINDS.filter((kind) => config[kind]).map((kind) => SPECS[kind]);
      return on.some(({ proposes }) => proposes === 'inputs') && !on.some((spec) => spec.lendsPrograms);
    },
    value: true,
    why: 'Induction takes its programs from the other kinds’ buffers.',
  },
  {
    key: 'baseline',
    isBroken: ({ baseline, reuseAttempts, solverAttempts }) =>
      baseline === 'per-task' && !reuseAttempts && solverAttempts < 2,
    value: 'trr++',
    why: 'One attempt per task has nothing to be compared with.',
  },
];

/** Why a rule between values forbids `value` beside the others of `config`; null where none does. */
export function whyImpossible(
  config: Readonly<Config>,
  key: ConfigKey,
  value: Config[ConfigKey],
): string | null {
  const wanted = { ...config, [key]: value } as Config;
  return JOINT_RULES.find((rule) => rule.key === key && rule.isBroken(wanted))?.why ?? null;
}

/** The value in its own type, or undefined when it does not fit the entry. */
function readValue(entry: Hyperparameter, given: unknown): number | boolean | string | undefined {
  switch (entry.kind) {
    case 'boolean':
      if (given === true || given === 'true' || given === '1') return true;
      if (given === false || given === 'false' || given === '0') return false;
      return undefined;
    case 'choice':
      return typeof given === 'string' || typeof given === 'number'
        ? entry.choices.find((choice) => String(choice) === String(given))
        : undefined;
    case 'integer':
    case 'number': {
      const value = typeof given === 'string' ? readNumber(given) : given;
      if (typeof value !== 'number' || !(value >= entry.min && value <= entry.max)) return undefined;
      // −0 would not survive the URL.
      return entry.kind === 'integer' && !Number.isInteger(value) ? undefined : value + 0;
    }
  }
}

function readNumber(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** As people write it: 4,294,967,295. */
function grouped(value: number): string {
  return value.toLocaleString('en');
}

function expected(entry: Hyperparameter): string {
  switch (entry.kind) {
    case 'boolean':
      return said('true or false');
    case 'choice':
      return said('one of {choices}', { choices: entry.choices.join(', ') });
    case 'integer':
      return said('a whole number from {min} to {max}', { min: grouped(entry.min), max: grouped(entry.max) });
    case 'number':
      return said('a number from {min} to {max}', { min: entry.min, max: entry.max });
  }
}
