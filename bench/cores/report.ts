/** `bench/results/cores.md`, and what threads are meant to gain. */
import { table } from '../../scripts/common/markdown.ts';
import { ABSENT } from '../../src/experiments/format.ts';
import { brief } from '../format.ts';
import { spreadText, targetTable } from '../tables.ts';
import { judgeBound, type Target } from '../targets.ts';
import type { CoresFigures } from './cores.ts';
import type { SizeFigures } from './measure.ts';
import type { PeakFigures } from './peak.ts';
import { ADAMW, COPIES, type Phase, type Profile, stepShare } from './profile.ts';

export interface CoresResults extends CoresFigures {
  /** Machine and programs. */
  host: string;
  /** Processes that wanted a core when it began, and when it ended. */
  load: number;
  loadAfter: number;
  command: string;
}

type Measured = Pick<CoresResults, 'sizes' | 'load' | 'loadAfter'>;

/** What two threads gain over one, on a machine that does nothing else. */
export function coresTargets({ sizes, load, loadAfter }: Measured): Target[] {
  return sizes.flatMap(({ size, byThreads }) => {
    const two = byThreads.find(({ threads }) => threads === 2);
    const least = (figure: string, value: number | undefined) =>
      judgeBound({
        figure,
        where: `${size}, load ${load.toFixed(1)}, then ${loadAfter.toFixed(1)}`,
        limit: 1.7,
        direction: 'at least',
        value,
        unit: '×',
        digits: 2,
      });
    return [
      least('step, times faster on two threads than on one', two?.step.faster.median),
      least('256 × 48 tokens, on two threads than on one', two?.tokens.faster.median),
    ];
  });
}

export function coresReport(results: CoresResults): string {
  const { sizes, profiles, peak, host, load, loadAfter, command } = results;
  return `${[
    '# Cores bench',
    'The WebAssembly engine in Node, whose threads run the code of the page’s Web Workers. A step is that of ' +
      '`bench/selfplay.ts`: 62 prompts of 25–55 tokens, eight attempts each of 27 tokens on average, then one update ' +
      'on all of them. `npm run bench -- --only cores` writes this file and `cores.json`. ' +
      `This one was written by \`${command}\` on ${host}; load ${load.toFixed(1)} when it began and ` +
      `${loadAfter.toFixed(1)} when it ended${isBusy(results) ? ', so other programs wanted the cores too' : ''}.`,
    '## Targets',
    targetTable(coresTargets(results)),
    '## Threads',
    'Seconds: median with least and most. “×” is one thread’s time over theirs in the same round; all numbers of ' +
      'threads take turns in every round, and say the same tokens.',
    threadTable(sizes),
    '## Where a step goes on one thread',
    'Means of a few steps; kernels are timed around their calls, and GFLOP/s count the multiplications and additions ' +
      'of products and attention. What takes less than half a per cent of a phase is left out.',
    ...profiles.flatMap((profile) => profileSections(profile, peak)),
    '## What is copied',
    'A thread has a copy of the weights and hands back gradients; the caller adds them up in their order and moves the ' +
      'weights. All but AdamW is what threads on one shared memory could do without, at the very most. It is ' +
      'timed here with one thread; each further one adds one more copy of the weights.',
    copyTable(profiles),
    '## Share of the core’s peak',
    'The peak is that of multiplications and additions of four numbers that do not wait for each other. “Blocked” is a ' +
      'product in blocks of k, four columns at a time, without packing and without sums in registers. Rows × columns × ' +
      'what is summed over; GFLOP/s in median with least and most, shares in the same round, both by the time that the process had a core.',
    peakTable(peak),
  ].join('\n\n')}\n`;
}

/** Whether anything ran beside the bench, which itself keeps as many cores busy as it has threads. */
function isBusy({ sizes, load, loadAfter }: Measured): boolean {
  const most = Math.max(...sizes.flatMap(({ byThreads }) => byThreads.map(({ threads }) => threads)));
  return load > 0.5 || loadAfter > most + 0.3;
}

function threadTable(sizes: readonly SizeFigures[]): string {
  const head = ['size', 'threads', 'sampling', 'training', 'step', '×', '256 × 48 tokens', '×'];
  const rows = sizes.flatMap(({ size, byThreads }) =>
    byThreads.map(({ threads, sampling, training, step, tokens }) => [
      size,
      String(threads),
      ...[sampling, training, step].map(({ seconds }) => spreadText(seconds, ' s')),
      precisely(step.faster),
      spreadText(tokens.seconds, ' s'),
      precisely(tokens.faster),
    ]),
  );
  return table(head, rows);
}

/** Ratios near one another, with two decimals. */
function precisely({ median, min, max }: { median: number; min: number; max: number }): string {
  return `${median.toFixed(2)}× (${min.toFixed(2)}–${max.toFixed(2)})`;
}

/** Of a phase, below which a part is not told. */
const LEAST_SHARE = 0.005;

function profileSections(profile: Profile, peak: PeakFigures): string[] {
  const section = (name: string, { ms, parts }: Phase) => [
    `\`${profile.size}\`, ${name}: ${ms.toFixed(0)} ms`,
    table(
      ['', 'ms', 'share', 'calls', 'GFLOP/s', 'of peak'],
      parts
        .filter(({ share }) => share >= LEAST_SHARE)
        .map(({ name, kind, ms, share, calls, gflops }) => [
          kind === 'kernel' ? `\`${name}\`` : name,
          brief(ms),
          percent(share),
          calls.toFixed(0),
          gflops === null ? ABSENT : brief(gflops),
          gflops === null ? ABSENT : percent(gflops / peak.peak.median),
        ]),
    ),
  ];
  return [...section('sampling', profile.sampling), ...section('training', profile.training)];
}

function copyTable(profiles: readonly Profile[]): string {
  const names = Object.values(COPIES);
  const row = (title: string, chosen: Parameters<typeof stepShare>[1]) => [
    title,
    ...profiles.flatMap((profile) => {
      const { ms, share } = stepShare(profile, chosen);
      return [ms.toFixed(1), percent(share, 2)];
    }),
  ];
  return table(
    ['', ...profiles.flatMap(({ size }) => [`\`${size}\`, ms`, 'of the step'])],
    [
      ...names.map((name) => row(name, (part) => part.name === name)),
      row('**all of these**', ({ kind }) => kind === 'copy'),
      row(`${ADAMW}, on the caller’s thread`, ({ name }) => name === ADAMW),
    ],
  );
}

function peakTable({ peak, products }: PeakFigures): string {
  return table(
    ['', '', 'GFLOP/s', 'of peak'],
    [
      ['peak', ABSENT, spreadText(peak, ''), ABSENT],
      ...products.map(({ name, shape, gflops, share: { median, min, max } }) => [
        name,
        shape.join(' × '),
        spreadText(gflops, ''),
        `${percent(median, 0)} (${(100 * min).toFixed(0)}–${(100 * max).toFixed(0)})`,
      ]),
    ],
  );
}

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
