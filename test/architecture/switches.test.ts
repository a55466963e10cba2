/** A switch that nobody reads is a switch too many. */
import { expect, test } from 'vitest';
import { type ConfigKey, HYPERPARAMETERS } from '../../src/config/hyperparameters.ts';
import { ALL_KINDS } from '../../src/tasks/task.ts';
import { sourceFiles, textOf } from './imports.ts';

/** Where something is done with a configuration, rather than shown or passed on. */
const ROOMS = ['trainer', 'watch', 'selfplay', 'run', 'warmup', 'tasks'];

test('every hyper-parameter is read from a configuration where something is done with it', () => {
  const read = readsConfig(
    ROOMS.flatMap((room) => sourceFiles(`src/${room}`))
      .map(textOf)
      .join('\n'),
  );
  expect(HYPERPARAMETERS.filter(({ key }) => !read(key)).map(({ key }) => key)).toEqual([]);
});

test.each([
  [true, 'new Random(lab.config.seed)'],
  [true, 'const { steps, seed } = this.options.config;'],
  [true, 'function draw({ seed }: Config) {}'],
  [true, "function draw(options: Pick<Config, 'steps' | 'seed'>) { return options.seed; }"],
  [false, "type Options = Pick<Config, 'seed'>;"],
  [false, 'const seed = 3; return { seed };'],
  [false, 'options.seed'],
  [false, '// config.seed'],
  [false, 'config.seedProgram'],
])('a hyper-parameter that is read (%s): %s', (isRead, text) => {
  expect(readsConfig(text)('seed')).toBe(isRead);
});

/**
 * Whether a text reads a key from a configuration: `config.key`, taken apart from a `config` or a `Config`, or read
 * from what is declared as `Pick<Config, … 'key' …>`. The word alone is no evidence: other things have a seed, too.
 */
function readsConfig(text: string): (key: ConfigKey) => boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  const picks = [...code.matchAll(/Pick<\s*Config,([^>]*)>/g)].map((match) => match[1]).join();
  const rest = code.replace(/Pick<\s*Config,[^>]*>/g, 'Pick<Config>');
  // `config[kind]`: the switches of the kinds are named after them.
  const byKind = /config\[kind\]/.test(code) ? (ALL_KINDS as readonly string[]) : [];
  return (key) =>
    byKind.includes(key) ||
    new RegExp(`[cC]onfig\\.${key}\\b`).test(rest) ||
    new RegExp(
      `\\{[^{}]*\\b${key}\\b[^{}]*\\}\\s*(?::\\s*(?:Pick<)?Config\\b|=\\s*[\\w.]*\\bconfig\\b)`,
    ).test(rest) ||
    (picks.includes(`'${key}'`) &&
      new RegExp(`\\.${key}\\b|\\{[^{}]*\\b${key}\\b[^{}]*\\}\\s*[:=]`).test(rest));
}
