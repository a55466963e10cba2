/** Builders of flags: what a flag of the command line takes, what it says of itself, how its text is read. */
import { UsageError } from './usageError.ts';

export interface Flag<T> {
  /** What stands for the value in the help, e.g. `FILE`; null for a switch, which takes none. */
  value: string | null;
  /** What it does, for the help. */
  help: string;
  /** The value when the flag is not given. */
  fallback: T;
  /** Shown in the help as the default, where there is one. */
  usual: string | null;
  /** Reads the value. Throws a {@link UsageError} without the flag's name in front, e.g. `must be 1 or 2`. */
  read(text: string): T;
}

/** A switch: off unless it is given. */
export function toggle(help: string): Flag<boolean> {
  return { value: null, help, fallback: false, usual: null, read: () => true };
}

/** Any text; without a fallback, null when it is not given. */
export function text(value: string, help: string): Flag<string | null>;
export function text(value: string, help: string, fallback: string): Flag<string>;
export function text(value: string, help: string, fallback: string | null = null): Flag<string | null> {
  return { value, help, fallback, usual: fallback, read: (given) => given };
}

/** A whole number of a range; without a fallback, null when it is not given. */
export function whole(range: readonly [number, number], help: string): Flag<number | null>;
export function whole(range: readonly [number, number], help: string, fallback: number): Flag<number>;
export function whole(
  range: readonly [number, number],
  help: string,
  fallback: number | null = null,
): Flag<number | null> {
  const usual = fallback === null ? null : String(fallback);
  return { value: 'N', help, fallback, usual, read: (given) => readWhole(given, range) };
}

/** A whole number in plain digits. Throws a {@link UsageError} outside the range. */
export function readWhole(given: string, [least, most]: readonly [number, number]): number {
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`must be a whole number from ${least} to ${most}, not “${given}”`);
}

/** A number of a range, written in any way that a program would; without a fallback, null when it is not given. */
export function number([least, most]: readonly [number, number], help: string): Flag<number | null> {
  const read = (given: string) => {
    const value = given.trim() === '' ? Number.NaN : Number(given);
    if (value >= least && value <= most) return value;
    throw new UsageError(`must be a number from ${least} to ${most}, not “${given}”`);
  };
  return { value: 'X', help, fallback: null, usual: null, read };
}

/** One of a few words, by default `fallback`. */
export function choice<T extends string>(choices: readonly T[], help: string, fallback: NoInfer<T>): Flag<T> {
  return { value: 'NAME', help, fallback, usual: fallback, read: (given) => readChoice(given, choices) };
}

/** Throws a {@link UsageError} on anything but the choices. */
export function readChoice<T extends string>(given: string, choices: readonly T[]): T {
  const chosen = choices.find((known) => known === given);
  if (chosen === undefined) throw new UsageError(`must be one of ${choices.join(', ')}, not “${given}”`);
  return chosen;
}

/** Values with commas between them, each once; null when the flag is not given. */
export function list<T>(value: string, help: string, readItem: (item: string) => T): Flag<T[] | null> {
  const read = (given: string) => {
    const items = [...new Set(given.split(',').filter(Boolean))];
    if (items.length === 0) throw new UsageError('needs at least one value');
    return items.map(readItem);
  };
  return { value, help, fallback: null, usual: null, read };
}
