/** `bench/results/verifier.md`, and what the verifier is meant to reach. */

import { table } from '../../scripts/common/markdown.ts';
import type { Spread } from '../statistics.ts';
import { spreadText, targetTable } from '../tables.ts';
import { judgeBound, type Target } from '../targets.ts';
import { CLOCK_MS, type VerifierFigures } from './measure.ts';

export interface VerifierResults extends VerifierFigures {
  /** Machine and programs. */
  host: string;
  /** Processes that wanted a core when it began. */
  load: number;
  command: string;
}

/** Both are for two workers and the programs that the lab is about. */
export function verifierTargets({ throughput }: Pick<VerifierFigures, 'throughput'>): Target[] {
  const measured = throughput.find(({ mix, workers }) => mix === 'grammar' && workers === 2);
  const least = (figure: string, limit: number, value: Spread | undefined) =>
    judgeBound({
      figure,
      where: 'programs of the grammar, two workers',
      limit,
      direction: 'at least',
      value: value?.median,
    });
  return [
    least('new tasks verified per second', 3_000, measured?.newTasks),
    least('known programs run per second', 10_000, measured?.knownRuns),
  ];
}

export function verifierReport(results: VerifierResults): string {
  const { throughput, ends, host, load, command, browser } = results;
  const milliseconds = (spread: Spread) => spreadText(spread, ' ms');
  return `${[
    '# Verifier bench',
    'The sandbox of the built page in headless Chromium, timed on the page’s own clock, from the call to the last ' +
      'verdict: median and range over rounds, once the browser has compiled Python as well as it will. `npm run ' +
      'bench -- --only verifier` writes this file and `verifier.json`.',
    '## Targets',
    targetTable(verifierTargets(results)),
    '## What is judged in a second',
    'A *new task* is a program that the workers have not met, with one input: parsed, held against the allow-list, ' +
      'instrumented, compiled, run in two fresh namespaces, its result written canonically. *With probes* it is also ' +
      'run once on the inputs that tell whether it is trivial and what it does, as every proposal of the lab is. A ' +
      '*known run* is one run of a program that was met before, as answers are judged. The programs are those of the ' +
      'tasks’ grammar, tiers 1 to 5, and wilder ones over strings, lists, dicts, exceptions and lambdas, of twice to ' +
      'three times the length; all of them valid.',
    table(
      ['programs', 'workers', 'new tasks/s', 'new tasks/s with probes', 'probes per task', 'known runs/s'],
      throughput.map(({ mix, workers, newTasks, newTasksWithProbes, probesPerTask, knownRuns }) => [
        mix,
        String(workers),
        spreadText(newTasks, ''),
        spreadText(newTasksWithProbes, ''),
        probesPerTask.toFixed(0),
        spreadText(knownRuns, ''),
      ]),
    ),
    '## How it starts',
    table(
      ['', ''],
      [
        ['from opening to the first verdict, files on this machine', milliseconds(ends.firstVerdict)],
        ['of that, until the first Python was ready', milliseconds(ends.plainStart)],
        ['start of a further Python, from the memory image of the first', milliseconds(ends.snapshotStart)],
      ],
    ),
    '## How it ends what does not end',
    table(
      ['', ''],
      [
        ['`while True`, ended by the step budget: its verdict', milliseconds(ends.endlessLoop)],
        [`a loop in C, ended twice by a clock of ${CLOCK_MS} ms: its verdict`, milliseconds(ends.loopInC)],
        ['next verdict after a worker was ended, by the spare', milliseconds(ends.nextVerdict)],
        ['until the pool is whole again', milliseconds(ends.whole)],
      ],
    ),
    `\`${command}\` on ${host}, ${browser}; load ${load.toFixed(1)} when it began.`,
  ].join('\n\n')}\n`;
}
