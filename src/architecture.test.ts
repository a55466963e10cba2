/**
 * Who may know whom. Rooms may only import the rooms below them; two libraries live in one room each.
 * Imports are read by regular expression: static, dynamic, type-only and worker URLs alike.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { HYPERPARAMETERS } from './config/hyperparameters.ts';

const SRC = fileURLToPath(new URL('.', import.meta.url));

/**
 * What each room may import besides itself. A path names one file, a bare name a whole room. Known by all,
 * and so not repeated: `config`, `random.ts`.
 */
const ARROWS: Record<string, readonly string[]> = {
  'main.tsx': ['app'],
  app: [
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
  tasks: ['reasoner/reasoner.ts', 'sandbox/sandbox.ts', 'language'],
  reasoner: ['language'],
  sandbox: ['language'],
  language: [],
  config: [],
  'random.ts': [],
};

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
}

const imports = sourceFiles(SRC).flatMap(importsOf);

test('the arrows are read at all', () => {
  expect(imports.length).toBeGreaterThan(10);
});

test('every room imports only the rooms below it', () => {
  const wrong = imports.filter(({ room, target, isLocal }) => {
    if (!isLocal || roomOf(target) === room) return false;
    const allowed = [...(ARROWS[room] ?? []), 'config', 'random.ts'];
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

test('every hyper-parameter is read where something is done with it', () => {
  const texts = sourceFiles(SRC)
    .filter((path) => ['trainer', 'watch', 'selfplay', 'run', 'warmup'].includes(roomOf(relative(SRC, path))))
    .map((path) => readFileSync(path, 'utf8'));
  const idle = HYPERPARAMETERS.filter(
    ({ key }) => !texts.some((text) => new RegExp(`\\b${key}\\b`).test(text)),
  );
  expect(idle.map(({ key }) => key)).toEqual([]);
});

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
  ].map((match) => (match[1] as string).replace(/\?.*$/, ''));
  const file = relative(SRC, path);
  return specifiers.map((specifier) => {
    const isLocal = specifier.startsWith('.');
    const target = isLocal ? relative(SRC, resolve(dirname(path), specifier)) : specifier;
    return { file, room: roomOf(file), target, isLocal };
  });
}

function roomOf(path: string): string {
  return path.split('/')[0] as string;
}

function show({ file, target }: Import): string {
  return `${file} imports ${target}`;
}
