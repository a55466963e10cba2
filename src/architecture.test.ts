/**
 * Who may know whom. Rooms may only import the rooms below them; two libraries live in one room each.
 * Imports are read by regular expression: static, dynamic, type-only and worker URLs alike.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type ConfigKey, HYPERPARAMETERS } from './config/hyperparameters.ts';

const SRC = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(SRC, '..');
const KINDS_AND_ERROR: readonly string[] = ['deduction', 'abduction', 'induction', 'error'];

/**
 * What each room may import besides itself. A path names one file, a bare name a whole room. Known by all but those
 * that config is made of, and so not repeated: `config`. Known by all: `random.ts`.
 */
const ARROWS: Record<string, readonly string[]> = {
  'main.tsx': ['app'],
  app: [
    '../docs/glossary.md',
    'run',
    'experiments',
    'watch/events.ts',
    'watch/metrics.ts',
    'benchmark/scores.ts',
    'language',
    'tasks',
  ],
  experiments: ['watch/metrics.ts', 'benchmark/scores.ts', 'tasks/task.ts'],
  run: [
    'trainer/worker.ts',
    'watch/events.ts',
    'watch/metrics.ts',
    'benchmark/scores.ts',
    'sandbox',
    'language',
    'tasks',
  ],
  trainer: [
    'run/protocol.ts',
    'watch',
    'selfplay',
    'warmup',
    'tasks',
    'reasoner',
    'sandbox',
    'benchmark',
    'language',
  ],
  // What people are shown of a run is derived from its records; the loop itself shows nothing.
  watch: ['selfplay', 'tasks', 'sandbox/sandbox.ts', 'benchmark/scores.ts', 'language'],
  warmup: ['tasks', 'reasoner/reasoner.ts', 'sandbox/sandbox.ts', 'benchmark', 'language'],
  // Two controls are made of the warm-up: its programs as tasks, and its examples as further training.
  selfplay: [
    'tasks',
    'reasoner/reasoner.ts',
    'sandbox/sandbox.ts',
    'benchmark',
    'language',
    'warmup/corpus.ts',
  ],
  benchmark: ['tasks', 'reasoner/reasoner.ts', 'sandbox/sandbox.ts', 'language'],
  tasks: ['reasoner/reasoner.ts', 'sandbox/sandbox.ts', 'sandbox/seeds.ts', 'language'],
  reasoner: ['language'],
  sandbox: ['language'],
  language: [],
  // One switch a kind of task and one choice a level come from their registries, so nothing below may know config.
  config: ['tasks', 'language'],
  'random.ts': [],
};

/** What config itself is made of. */
const BELOW_CONFIG = ['language', 'tasks'];

/** Libraries with one home. */
const HOMES: readonly { library: RegExp; rooms: readonly string[] }[] = [
  { library: /^(react|react-dom|radix-ui)(\/|$)/, rooms: ['app', 'main.tsx'] },
  { library: /^@tensorflow\//, rooms: ['reasoner'] },
  { library: /^pyodide(\/|$)/, rooms: ['sandbox'] },
];

interface Import {
  file: string;
  room: string;
  /** Path below src, or the bare name of a library. */
  target: string;
  isLocal: boolean;
  /** By its address only, as another program. */
  isWorker: boolean;
}

const imports = sourceFiles(SRC).flatMap(importsOf);

test('the arrows are read at all', () => {
  expect(imports.length).toBeGreaterThan(10);
});

test('every room imports only the rooms below it', () => {
  const wrong = imports.filter(({ room, target, isLocal }) => {
    if (!isLocal || roomOf(target) === room) return false;
    const allowed = [
      ...(ARROWS[room] ?? []),
      ...(BELOW_CONFIG.includes(room) ? [] : ['config']),
      'random.ts',
    ];
    return !allowed.includes(target) && !allowed.includes(roomOf(target));
  });
  expect(wrong.map(show)).toEqual([]);
});

test('every room is known to this test', () => {
  expect([...new Set(imports.map(({ room }) => room))].filter((room) => !(room in ARROWS))).toEqual([]);
});

test('React, TensorFlow.js and Pyodide stay in their rooms', () => {
  const strays = imports.filter(
    ({ room, target, isLocal }) =>
      !isLocal && HOMES.some(({ library, rooms }) => library.test(target) && !rooms.includes(room)),
  );
  expect(strays.map(show)).toEqual([]);
});

/** Circles that are still there. The list may only become shorter. */
const CIRCLES: readonly string[] = [
  'bench/node/dispatchCost.ts bench/node/process.ts',
  'bench/rivals/engine.ts bench/rivals/jaxjs.ts bench/rivals/kelvin.ts bench/rivals/tfjs.ts',
  'src/language/grammar.ts src/language/interpreter.ts',
  'src/language/level.ts src/language/level2/level.ts',
  'src/reasoner/kernels/wasm/decoder.ts src/reasoner/kernels/wasm/kernels.ts',
];

test('no file imports itself in a circle, be it a type', () => {
  const graph = new Map(
    ['src', 'scripts', 'bench', 'e2e', 'test'].flatMap((folder) =>
      sourceFiles(join(ROOT, folder)).map((path) => [
        relative(ROOT, path),
        importsOf(path)
          .filter(({ isLocal, isWorker }) => isLocal && !isWorker)
          .map(({ target }) => relative(ROOT, join(SRC, target))),
      ]),
    ),
  );
  expect(circlesOf(graph).filter((circle) => !CIRCLES.includes(circle))).toEqual([]);
  expect(circlesOf(new Map(Object.entries({ a: ['b'], b: ['c', 'd'], c: ['a'], d: [] })))).toEqual(['a b c']);
});

test('every hyper-parameter is read from a configuration where something is done with it', () => {
  const read = readsConfig(
    sourceFiles(SRC)
      .filter((path) =>
        ['trainer', 'watch', 'selfplay', 'run', 'warmup', 'tasks'].includes(roomOf(relative(SRC, path))),
      )
      .map((path) => readFileSync(path, 'utf8'))
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
  const byKind = /config\[kind\]/.test(code) ? KINDS_AND_ERROR : [];
  return (key) =>
    byKind.includes(key) ||
    new RegExp(`[cC]onfig\\.${key}\\b`).test(rest) ||
    new RegExp(
      `\\{[^{}]*\\b${key}\\b[^{}]*\\}\\s*(?::\\s*(?:Pick<)?Config\\b|=\\s*[\\w.]*\\bconfig\\b)`,
    ).test(rest) ||
    (picks.includes(`'${key}'`) &&
      new RegExp(`\\.${key}\\b|\\{[^{}]*\\b${key}\\b[^{}]*\\}\\s*[:=]`).test(rest));
}

/** Sets of files that import one another, directly or through each other: sorted names, joined by spaces. */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const reachable = (from: string) => {
    const seen = new Set<string>();
    const open = [...(graph.get(from) ?? [])];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      open.push(...(graph.get(file) ?? []));
    }
    return seen;
  };
  const reach = new Map([...graph.keys()].map((file) => [file, reachable(file)]));
  const circles = [...graph.keys()]
    .filter((file) => reach.get(file)?.has(file))
    .map((file) =>
      [...graph.keys()].filter((other) => reach.get(file)?.has(other) && reach.get(other)?.has(file)),
    );
  return [...new Set(circles.map((circle) => circle.sort().join(' ')))].sort();
}

/** TypeScript files of the product: tests may cross rooms, as they drive several at once. */
function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$|\.d\.ts$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const specifiers = [
    ...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g),
    ...text.matchAll(/new URL\(\s*['"](\.[^'"]+\.tsx?)['"]\s*,\s*import\.meta\.url/g),
  ].map((match) => ({
    specifier: (match[1] as string).replace(/\?.*$/, ''),
    isWorker: match[0].startsWith('new'),
  }));
  const file = relative(SRC, path);
  return specifiers.map(({ specifier, isWorker }) => {
    const isLocal = specifier.startsWith('.');
    const target = isLocal ? relative(SRC, resolve(dirname(path), specifier)) : specifier;
    return { file, room: roomOf(file), target, isLocal, isWorker };
  });
}

function roomOf(path: string): string {
  return path.split('/')[0] as string;
}

function show({ file, target }: Import): string {
  return `${file} imports ${target}`;
}
