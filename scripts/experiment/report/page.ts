/** `docs/experiments/<name>.md`: everything about one experiment. */
import { type Config, DEFAULTS, HYPERPARAMETERS } from '../../../src/config/hyperparameters.ts';
import { answerOf } from '../../../src/experiments/answers.ts';
import { type Experiment, experimentNamed, type Size } from '../../../src/experiments/definitions.ts';
import { ABSENT, percent, percentSpread, points, pointsSpread } from '../../../src/experiments/format.ts';
import { type ArmResult, type ExperimentResult, resultFile } from '../../../src/experiments/results.ts';
import {
  againstFull,
  atEnd,
  type Figure,
  figuresOf,
  gain,
  groupsOf,
} from '../../../src/experiments/summary.ts';
import { table, wrapped } from '../../common/markdown.ts';
import { duration } from '../../common/terminal.ts';
import { extras } from './extras.ts';
import { BEFORE, BEFORE_FORCED, fullLabelOf, labelOf, sizesOf } from './format.ts';
import { plotFile } from './plots.ts';
import { targetsOf, targetTable } from './targets.ts';

/** Name of an experiment's page and of the section of the remarks on it. */
export function pageName({ name, budget }: Pick<ExperimentResult, 'name' | 'budget'>): string {
  return resultFile(name, budget.level).replace(/\.json$/, '');
}

/** The experiment's title, with the level of the language where it is not the first. */
export function titleOf({ name, budget }: ExperimentResult): string {
  const title = experimentNamed(name)?.title ?? name;
  return budget.level === 1 ? title : `${title}, level ${budget.level} of the language`;
}

/** The page, without the note on how it is made. Throws a RangeError when the experiment is not defined. */
export function pageOf(
  result: ExperimentResult,
  results: readonly ExperimentResult[],
  remark: string | undefined,
): string {
  const experiment = experimentNamed(result.name);
  if (!experiment)
    throw new RangeError(`There are results of an experiment “${result.name}” that is not defined.`);
  const targets = targetsOf(results).filter(({ page }) => page === pageName(result));
  const parts = [
    wrapped(`**Question.** ${experiment.question}`),
    wrapped(`**Answer.** ${answerOf(result)}`),
    wrapped(`**What it does not show.** ${experiment.doesNotShow}`),
    `![${titleOf(result)}](${plotFile(result)})`,
    ...section('Results', resultTables(experiment, result)),
    ...section('Targets', targets.length > 0 ? [targetTable(targets)] : []),
    ...section('In detail', extras(experiment, result)),
    ...section('Beside the paper', paperTable(experiment, result)),
    ...section('Settings that differ', settings(experiment, result)),
    ...section('Runs that ended early', diverged(experiment, result)),
    ...section('Remarks', remark ? [remark] : []),
    ...section('Repeat it', [facts(result)]),
  ];
  return parts.join('\n\n');
}

function section(heading: string, parts: readonly string[]): string[] {
  return parts.length > 0 ? [`## ${heading}`, ...parts] : [];
}

function facts({ command, hardware, backend, created, minutes, budget }: ExperimentResult): string {
  const seeds = `${budget.seeds.length === 1 ? 'Seed' : 'Seeds'} ${budget.seeds.join(', ')}`;
  const tasks = `${budget.tasks} held-out ${budget.tasks === 1 ? 'task' : 'tasks'} of each kind and difficulty`;
  return [
    `- Command: \`${command}\``,
    `- ${seeds}; ${budget.steps} steps; level ${budget.level} of the language; ${tasks}.`,
    `- Hardware: ${hardware}; ${backend}.`,
    `- Time: ${duration(60 * minutes)} for all runs together; last run on ${created}.`,
  ].join('\n');
}

/** The base in both modes and every variant, a table for each size and base. */
function resultTables(experiment: Experiment, { name, arms, budget }: ExperimentResult): string[] {
  const repeats = budget.seeds.length;
  const spread = repeats === 1 ? '1 run' : `mean ± spread of ${repeats} repeats`;
  const { figures, main, mainText } = figuresOf({ name });
  const tables = groupsOf(arms).map((group) => {
    const [base] = group;
    const rows = [
      [BEFORE, ...figures.map(({ figure }) => percent(figure(base.start))), ABSENT],
      [BEFORE_FORCED, ...figures.map(({ figure }) => percent(figure(base.forced))), ABSENT],
      ...group.map((arm) => [
        `${labelOf(experiment, arm)}${seedsNote(arm, repeats)}`,
        ...figures.map(({ figure }) => endAndChange(arm, figure)),
        pointsSpread(gain(arm, main)),
      ]),
    ];
    const heading = sizesOf(arms).length > 1 ? `### \`${base.size}\`\n\n` : '';
    return `${heading}${table(['Variants', ...figures.map(({ head }) => head), 'gain'], rows)}`;
  });
  const explained = `Percent right after training: ${spread} (change from before, free to think or not). The numbers behind a kind are the difficulties of its held-out tasks, the gain is that of ${mainText}.`;
  return [wrapped(explained), ...tables];
}

function endAndChange(arm: ArmResult, figure: Figure): string {
  const change = gain(arm, figure);
  return `${percentSpread(atEnd(arm, figure))}${change ? ` (${points(change.mean)})` : ''}`;
}

function seedsNote({ seeds }: ArmResult, repeats: number): string {
  const finished = seeds.filter(({ end }) => end).length;
  return finished < repeats ? ` (${finished} of ${repeats} repeats)` : '';
}

/** The paper's figures; where they are of arms, how far those are from the full method there and, size by size, here. */
function paperTable({ paper }: Experiment, result: ExperimentResult): string[] {
  if (!paper) return [];
  const full = paper.rows.find(({ arm }) => arm === 'full')?.value;
  const sizes = sizesOf(result.arms);
  const ours = (arm: string | undefined, size: Size) => {
    const found = arm === undefined ? null : againstFull(result, { arm, size });
    return found ? points(found.difference) : ABSENT;
  };
  if (full === undefined) {
    const rows = paper.rows.map(({ label, value }) => [label, `+${value.toFixed(1)}`]);
    return [`${paper.what}:`, table(['', 'paper'], rows)];
  }
  const rows = paper.rows.map(({ label, value, arm }) => [
    label,
    value.toFixed(1),
    points((value - full) / 100),
    ...sizes.map((size) => ours(arm, size)),
  ]);
  const head = [
    '',
    'paper',
    'paper: change from full',
    ...sizes.map((size) => `\`${size}\`: change from full`),
  ];
  return [`${paper.what}; here ${figuresOf(result).mainText}:`, table(head, rows)];
}

/** In what each variant differs from the full method of its size, and what must be known of it. */
function settings(experiment: Experiment, { arms }: ExperimentResult): string[] {
  const names = [...new Set(arms.map(({ arm }) => arm))];
  if (names.length < 2) return [];
  const full = arms.find(({ arm }) => arm === 'full')?.config ?? {};
  const rows = names.map((name) => {
    const config = arms.find(({ arm }) => arm === name)?.config ?? {};
    const note = experiment.arms.find((arm) => arm.name === name)?.note ?? '';
    return [labelOf(experiment, { arm: name }), differences(full, config) || 'none', note];
  });
  return [table(['Variant', 'Settings that differ from the full method', 'Note'], rows)];
}

/** Switches that no longer exist are not known, and so not shown. */
function differences(from: Partial<Config>, to: Partial<Config>): string {
  const [a, b] = [
    { ...DEFAULTS, ...from },
    { ...DEFAULTS, ...to },
  ];
  const shown = (value: unknown) =>
    typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value) || 'none';
  return HYPERPARAMETERS.filter(({ key }) => a[key] !== b[key])
    .map(({ key, label }) => `${label}: ${shown(b[key])} instead of ${shown(a[key])}`)
    .join('; ');
}

function diverged(experiment: Experiment, { arms }: ExperimentResult): string[] {
  const lines = arms.flatMap((arm) =>
    arm.seeds.flatMap(({ seed, diverged: why }) =>
      why
        ? [
            wrapped(
              `- ${fullLabelOf(experiment, arm, arms)}, seed ${seed}, diverged: ${why} It counts in no mean.`,
              110,
              '  ',
            ),
          ]
        : [],
    ),
  );
  return lines.length > 0 ? [lines.join('\n')] : [];
}
