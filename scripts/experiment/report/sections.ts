/** The part of the results that is about one experiment. */
import { type Experiment, experimentNamed } from '../../../src/experiments/definitions.ts';
import type { ArmResult, ExperimentResult, Scores } from '../../../src/experiments/results.ts';
import { atEnd, FIGURES, gain, overall } from '../../../src/experiments/summary.ts';
import { ABSENT, table } from '../../common/markdown.ts';
import { duration } from '../../common/terminal.ts';
import { extras } from './extras.ts';
import { labelOf, percent, percentSpread, points, pointsSpread } from './format.ts';

/** Everything generated of an experiment, without its heading. */
export function experimentSection(result: ExperimentResult): string {
  const experiment = experimentNamed(result.name);
  if (!experiment)
    throw new RangeError(`There are results of an experiment “${result.name}” that is not defined.`);
  const parts = [
    experiment.question,
    facts(result),
    mainTable(experiment, result),
    ...paperTable(experiment, result),
    ...extras(experiment, result),
    notes(experiment, result),
    `**What it does not show.** ${experiment.doesNotShow}`,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function facts({ command, hardware, backend, created, minutes, budget }: ExperimentResult): string {
  const seeds = `${budget.seeds.length === 1 ? 'Seed' : 'Seeds'} ${budget.seeds.join(', ')}`;
  const tasks = `${budget.tasks} held-out ${budget.tasks === 1 ? 'task' : 'tasks'} by kind and tier`;
  return [
    `- Command: \`${command}\``,
    `- ${seeds}; ${budget.steps} steps; level ${budget.level} of the language; ${tasks}, greedy.`,
    `- Hardware: ${hardware}; ${backend}.`,
    `- Time: ${duration(60 * minutes)} for all runs together; last run on ${created}.`,
  ].join('\n');
}

/** The base in both modes and every arm, size by size. */
function mainTable(experiment: Experiment, { arms }: ExperimentResult): string {
  const rows = sizesOf(arms).flatMap((size) => {
    const ofSize = arms.filter((arm) => arm.size === size);
    const base = ofSize[0] as ArmResult;
    return [
      baseRow(`\`${size}\` base, as it chooses`, base.start),
      baseRow(`\`${size}\` base, forced to think`, base.forced),
      ...ofSize.map((arm) => [
        `\`${size}\` ${labelOf(experiment, arm)}`,
        String(arm.seeds.filter(({ end }) => end).length),
        ...FIGURES.map(({ figure }) => percentSpread(atEnd(arm, figure))),
        pointsSpread(gain(arm, overall)),
      ]),
    ];
  });
  return [
    'Accuracy after the last step in percent, mean ± standard deviation over n seeds:',
    table(['', 'n', ...FIGURES.map(({ head }) => head), 'gain of the mean'], rows),
  ].join('\n\n');
}

function baseRow(label: string, scores: Scores): string[] {
  return [label, ABSENT, ...FIGURES.map(({ figure }) => percent(figure(scores))), ABSENT];
}

/** The paper's figures; where they are of arms, how far those are from the full method there and, size by size, here. */
function paperTable({ paper }: Experiment, { arms }: ExperimentResult): string[] {
  if (!paper) return [];
  const full = paper.rows.find(({ arm }) => arm === 'full')?.value;
  const sizes = sizesOf(arms);
  const ours = (name: string | undefined, size: string) => {
    const meanOf = (wanted: string | undefined) => {
      const arm = arms.find((result) => result.arm === wanted && result.size === size);
      return arm && atEnd(arm, overall);
    };
    const [mine, reference] = [meanOf(name), meanOf('full')];
    return mine && reference ? points(mine.mean - reference.mean) : ABSENT;
  };
  const isCompared = full !== undefined;
  const rows = paper.rows.map(({ label, value, arm }) =>
    isCompared
      ? [label, value.toFixed(1), points((value - full) / 100), ...sizes.map((size) => ours(arm, size))]
      : [label, `+${value.toFixed(1)}`],
  );
  const head = isCompared
    ? [
        '',
        'paper',
        'paper, against full',
        ...sizes.map((size) => `here, \`${size}\`, mean of kinds against full`),
      ]
    : ['', 'paper'];
  return [`The paper’s figures. ${paper.what}:`, table(head, rows)];
}

/** What must be known of single arms: their notes, and runs that ended early. */
function notes(experiment: Experiment, { arms }: ExperimentResult): string {
  const lines = arms.flatMap((arm) => {
    const name = `\`${arm.size}\` ${labelOf(experiment, arm)}`;
    const note = experiment.arms.find(({ name: known }) => known === arm.arm)?.note;
    return [
      ...(note ? [`- ${name}: ${note}`] : []),
      ...arm.seeds.flatMap(({ seed, diverged }) =>
        diverged ? [`- ${name}, seed ${seed}, diverged: ${diverged} It counts in no mean.`] : [],
      ),
    ];
  });
  return [...new Set(lines)].join('\n');
}

function sizesOf(arms: readonly ArmResult[]) {
  return [...new Set(arms.map(({ size }) => size))];
}
