/**
 * `npm run score -- --base small --tasks 200`: measures a reasoner on suites that nobody trains on, or with
 * `--suite file.jsonl` on one made elsewhere. `--help` lists every flag.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SuiteReport } from '../../src/benchmark/report.ts';
import { scoreSuites } from '../../src/benchmark/score.ts';
import { DEFAULTS } from '../../src/config/hyperparameters.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import { createNodeSandbox } from '../../src/sandbox/node.ts';
import { openChromiumSandbox } from '../common/chromiumSandbox.ts';
import { runCommand } from '../common/command.ts';
import { bar, StatusLine } from '../common/terminal.ts';
import { type ImportReport, readSuite, scoreSuiteFile } from './importSuite.ts';
import { readScoreOptions, type ScoreOptions } from './options.ts';
import {
  errorsTable,
  fitsTable,
  importTable,
  searchesTable,
  shapesTable,
  suitesTable,
  turnsTable,
} from './table.ts';
import { openReasoner } from './weights.ts';

/** A worker that is silent for longer is ended. */
const LONGEST_CHUNK_MS = 10_000;

await runCommand('Nothing was scored', () => score(readScoreOptions(process.argv.slice(2))));

async function score(options: ScoreOptions): Promise<void> {
  const { suite, weights, device, out } = options;
  // A file that cannot be read is said before anything heavy is started.
  if (suite !== null) await readSuite(suite);
  const reasoner = await openReasoner(options);
  const line = new StatusLine();
  try {
    const report =
      suite === null
        ? await scoreOwn(reasoner, options, line)
        : await scoreFile(reasoner, suite, options, line);
    line.done('Scored');
    console.log('heldOut' in report ? suitesTable(report) : importTable(report));
    if (options.errors && 'heldOut' in report)
      console.log(
        `\n${[errorsTable, turnsTable, shapesTable, searchesTable, fitsTable].map((table) => table(report)).join('\n\n')}`,
      );
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, `${JSON.stringify({ weights, device, ...report }, null, 2)}\n`);
    console.error(`Report in ${out}`);
  } finally {
    reasoner.dispose();
  }
}

async function scoreOwn(reasoner: Reasoner, options: ScoreOptions, line: StatusLine): Promise<SuiteReport> {
  const { inductionExamples } = DEFAULTS;
  const sandbox = await createNodeSandbox();
  try {
    return await scoreSuites(reasoner, sandbox, {
      ...asking(options, line),
      tasks: options.tasks,
      inductionExamples,
    });
  } finally {
    sandbox.close();
  }
}

/** Programs of others run behind the walls of a browser, never in Node. */
async function scoreFile(
  reasoner: Reasoner,
  file: string,
  options: ScoreOptions,
  line: StatusLine,
): Promise<ImportReport> {
  const sandbox = await openChromiumSandbox({ mode: 'strict', workers: 2, timeoutMs: LONGEST_CHUNK_MS });
  try {
    return await scoreSuiteFile(reasoner, sandbox, file, { ...asking(options, line), most: options.tasks });
  } finally {
    await sandbox.close();
  }
}

function asking({ level, seed, passK, maxNewTokens }: ScoreOptions, line: StatusLine) {
  const { temperature } = DEFAULTS;
  let doing = '';
  const onProgress = (what: string, done: number, total: number) => {
    line.write(`${bar(done, total)} ${what}, ${done} of ${total}`, what !== doing);
    doing = what;
  };
  return { level, seed, maxNewTokens, passK: passK ? { ...passK, temperature } : undefined, onProgress };
}
