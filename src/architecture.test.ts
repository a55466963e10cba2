/**
 * Who may know whom. Rooms may only import the rooms below them; two libraries live in one room each.
 * Laws of single files are in test/architecture/.
 */
import { expect, test } from 'vitest';
import { type Import, importsOf, sourceFiles } from '../test/architecture/imports.ts';

/** The table of metrics, which the page, the files and the experiments are made from. */
const METRICS = [
  'watch/metrics/table.ts',
  'watch/metrics/metric.ts',
  'watch/metrics/formerNames.ts',
] as const;

/**
 * What each room may import besides itself. A path names one file, a bare name a whole room. Known by all but those
 * that config is made of, and so not repeated: `config`. Known by all: `random.ts`, `sha256.ts`, `words/said.ts`.
 */
const ARROWS: Record<string, readonly string[]> = {
  'main.tsx': ['app'],
  app: [
    'words',
    'offline/offline.ts',
    'docs/glossary.md',
    'run',
    'experiments',
    'watch/events.ts',
    'watch/findings.ts',
    ...METRICS,
    'benchmark/scores.ts',
    'benchmark/errors.ts',
    'language',
    'tasks',
  ],
  // What the page says, in any language; nothing else is said there.
  words: [],
  experiments: [
    'watch/findings.ts',
    ...METRICS,
    'benchmark/scores.ts',
    'tasks/task.ts',
    // Which programs a base was shown.
    'language',
  ],
  run: [
    'offline/connection.ts',
    'trainer/worker.ts',
    // A run's files: lines of metrics, the reasoner's border, and the version that wrote them.
    'package.json',
    'watch/metrics/files.ts',
    'reasoner/config.ts',
    'reasoner/checkpoint.ts',
    'reasoner/safetensors.ts',
    'reasoner/reasoner.ts',
    'watch/events.ts',
    'watch/findings.ts',
    ...METRICS,
    'benchmark/scores.ts',
    'sandbox',
    'language',
    'tasks',
  ],
  trainer: [
    'run/protocol.ts',
    'run/visit.ts',
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
  watch: [
    'selfplay',
    'tasks',
    'sandbox/sandbox.ts',
    'benchmark/scores.ts',
    'benchmark/errors.ts',
    'benchmark/answers.ts',
    'benchmark/suites.ts',
    'language',
  ],
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
  offline: [],
  'random.ts': [],
  'sha256.ts': [],
};

/** What config itself is made of. */
const BELOW_CONFIG = ['language', 'tasks'];

/** Libraries with one home. */
const HOMES: readonly { library: RegExp; rooms: readonly string[] }[] = [
  { library: /^(react|react-dom|radix-ui)(\/|$)/, rooms: ['app', 'main.tsx'] },
  { library: /^@tensorflow\//, rooms: ['reasoner'] },
  { library: /^pyodide(\/|$)/, rooms: ['sandbox'] },
];

const imports = sourceFiles('src').flatMap(importsOf);

test('the arrows are read at all', () => {
  expect(imports.length).toBeGreaterThan(10);
});

test('every room imports only the rooms below it', () => {
  const wrong = imports.filter(({ file, target, isLocal }) => {
    const room = roomOf(file);
    if (!isLocal || roomOf(target) === room) return false;
    const allowed = [
      ...(ARROWS[room] ?? []),
      ...(BELOW_CONFIG.includes(room) ? [] : ['config']),
      'random.ts',
      'sha256.ts',
      'words/said.ts',
    ];
    return !allowed.includes(target.replace(/^src\//, '')) && !allowed.includes(roomOf(target));
  });
  expect(wrong.map(show)).toEqual([]);
});

test('every room is known to this test', () => {
  expect(imports.map(({ file }) => roomOf(file)).filter((room) => !(room in ARROWS))).toEqual([]);
});

test('React, TensorFlow.js and Pyodide stay in their rooms', () => {
  const strays = imports.filter(
    ({ file, target, isLocal }) =>
      !isLocal && HOMES.some(({ library, rooms }) => library.test(target) && !rooms.includes(roomOf(file))),
  );
  expect(strays.map(show)).toEqual([]);
});

/** The first name below src; of anything else its folder, which is no room. */
function roomOf(path: string): string {
  const [top, room] = path.split('/');
  return (top === 'src' ? room : top) as string;
}

function show({ file, target }: Import): string {
  return `${file} imports ${target}`;
}
