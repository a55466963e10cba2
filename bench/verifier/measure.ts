/** The measurements of the verifier in Chromium: how much it judges, how it starts, how it ends what does not end. */
import type { RunRequest } from '../../src/sandbox/sandbox.ts';
import { type Spread, spread } from '../statistics.ts';
import { type BenchSandbox, type Judged, openVerifierBrowser, type VerifierBrowser } from './page.ts';
import { type BenchTask, drawTasks, MIXES, type Mix } from './tasks.ts';

/** Per second; median and range over rounds. */
interface Throughput {
  mix: Mix;
  workers: number;
  /** New programs fully verified: parsed, checked, compiled, run twice, their result written. */
  newTasks: Spread;
  /** The same, with the runs on probes that tell whether a task is trivial and what it does. */
  newTasksWithProbes: Spread;
  /** Runs that these probes come to, per task. */
  probesPerTask: number;
  /** Single runs of programs that the workers know, sent together. */
  knownRuns: Spread;
}

/** Milliseconds. */
interface Ends {
  /** From nothing to the first verdict; of that, until the first worker was ready. */
  firstVerdict: Spread;
  plainStart: Spread;
  snapshotStart: Spread;
  /** After a worker was ended: until the next verdict, and until as many are ready as before. */
  nextVerdict: Spread;
  whole: Spread;
  /** Verdict on `while True`, which the step budget ends. */
  endlessLoop: Spread;
  /** Verdict on a loop in C: twice the clock, for it is tried again alone. */
  loopInC: Spread;
}

export interface VerifierFigures {
  browser: string;
  throughput: Throughput[];
  ends: Ends;
}

/** Tasks of a round. Each worker forgets a program after 2,000 others, so that those of ten rounds ago are new again. */
const ROUND = 1_500;
const ROUNDS_OF_TASKS = 10;
const KNOWN = 500;
/** V8 goes on to compile the interpreter better for seconds: warm until this many rounds agree, or time is up. */
const STEADY_ROUNDS = 4;
const STEADY = 0.08;
const WARM_UP_MS = 60_000;
/** Of the clock in the measurements of its end: short, so that there can be many. */
export const CLOCK_MS = 500;

type Say = (line: string) => void;

export async function measureVerifier(quick: boolean, say: Say): Promise<VerifierFigures> {
  const browser = await openVerifierBrowser();
  try {
    const ends = await measureEnds(browser, quick ? 2 : 5, say);
    const throughput: Throughput[] = [];
    for (const mix of MIXES) {
      const tasks = await drawValid(browser, mix, (quick ? 4 : ROUNDS_OF_TASKS) * ROUND);
      for (const workers of [1, 2]) {
        throughput.push(await measureThroughput(browser, mix, tasks, workers, quick ? 3 : 9, say));
      }
    }
    return { browser: browser.version, throughput, ends };
  } finally {
    await browser.close();
  }
}

async function measureThroughput(
  browser: VerifierBrowser,
  mix: Mix,
  tasks: readonly BenchTask[],
  workers: number,
  rounds: number,
  say: Say,
): Promise<Throughput> {
  const sandbox = await browser.open({ workers });
  let next = 0;
  const fresh = () => Array.from({ length: ROUND }, () => tasks[next++ % tasks.length] as BenchTask);
  const perSecond = async (count: number, requests: RunRequest[]) => {
    const judged = await sandbox.judge(requests);
    expectAllOk(judged);
    return (count / judged.ms) * 1000;
  };
  const newTasks = () => perSecond(ROUND, fresh().map(asNew));

  const warm: number[] = [];
  for (const began = performance.now(); performance.now() - began < WARM_UP_MS; ) {
    warm.push(await newTasks());
    const last = warm.slice(-STEADY_ROUNDS);
    if (last.length === STEADY_ROUNDS && Math.max(...last) < Math.min(...last) * (1 + STEADY)) break;
  }
  const known = tasks.slice(0, KNOWN).map(asKnown);
  const rates = { newTasks: [] as number[], withProbes: [] as number[], known: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    rates.newTasks.push(await newTasks());
    const probed = fresh();
    const { ms } = await sandbox.judge(probed.flatMap((task) => [asNew(task), asProbes(task)]));
    rates.withProbes.push((ROUND / ms) * 1000);
    // By now every worker has met most of them.
    for (let i = 0; i < 4; i++) await sandbox.judge(known);
    rates.known.push(await perSecond(8 * KNOWN, Array.from({ length: 8 }, () => known).flat()));
  }
  await sandbox.close();
  const result: Throughput = {
    mix,
    workers,
    newTasks: spread(rates.newTasks)!,
    newTasksWithProbes: spread(rates.withProbes)!,
    probesPerTask: tasks.reduce((sum, { probes }) => sum + probes.length, 0) / tasks.length,
    knownRuns: spread(rates.known)!,
  };
  say(
    `${mix}, ${workers} ${workers === 1 ? 'worker' : 'workers'}: ${result.newTasks.median.toFixed(0)} new tasks/s ` +
      `(warmed up in ${warm.length} rounds, from ${warm[0]?.toFixed(0)}), ${result.knownRuns.median.toFixed(0)} known runs/s`,
  );
  return result;
}

const asNew = ({ program, input }: BenchTask): RunRequest => ({ program, inputs: [input], runs: 2 });
const asKnown = ({ program, input }: BenchTask): RunRequest => ({ program, inputs: [input], runs: 1 });
const asProbes = ({ program, probes }: BenchTask): RunRequest => ({ program, inputs: probes, runs: 1 });

/** Tasks that the verifier accepts: a refusal may cost less. */
async function drawValid(browser: VerifierBrowser, mix: Mix, count: number): Promise<BenchTask[]> {
  const sandbox = await browser.open({ workers: 2 });
  const source = drawTasks(mix);
  const valid: BenchTask[] = [];
  while (valid.length < count) {
    const drawn = Array.from({ length: 5_000 }, () => source.next().value);
    const { outcomes } = await sandbox.judge(drawn.map(asNew));
    valid.push(...drawn.filter((_, i) => outcomes[i]?.[0]?.ok));
  }
  await sandbox.close();
  return valid.slice(0, count);
}

function expectAllOk({ outcomes }: Judged): void {
  const refused = outcomes.flat().find((outcome) => !outcome.ok);
  if (refused) throw new Error(`A task that was valid is refused: ${JSON.stringify(refused)}`);
}

async function measureEnds(browser: VerifierBrowser, rounds: number, say: Say): Promise<Ends> {
  const times = {
    firstVerdict: [] as number[],
    plainStart: [] as number[],
    snapshotStart: [] as number[],
    nextVerdict: [] as number[],
    whole: [] as number[],
    endlessLoop: [] as number[],
    loopInC: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    const sandbox = await browser.open({ workers: 1, timeoutMs: CLOCK_MS });
    const first = await sandbox.judge([hello(0)]);
    expectAllOk(first);
    times.firstVerdict.push(sandbox.openedMs + first.ms);
    times.plainStart.push(first.stats.startMs ?? 0);
    await sandbox.whole(2);
    for (let i = 0; i < 10; i++) times.endlessLoop.push(await refused(sandbox, endless(i), 'budget'));
    for (let i = 0; i < 2; i++) {
      times.loopInC.push(await refused(sandbox, loopInC(i), 'timeout'));
      const next = await sandbox.judge([hello(i)]);
      times.nextVerdict.push(next.ms);
      times.whole.push(next.ms + (await sandbox.whole(2)));
      times.snapshotStart.push((await sandbox.judge([hello(i)])).stats.respawnMs ?? 0);
    }
    await sandbox.close();
  }
  say(`start and end: ${rounds} rounds`);
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, spread(values)!])) as {
    [name in keyof Ends]: Spread;
  };
}

/** Milliseconds until the program is refused, for this reason and no other. */
async function refused(sandbox: BenchSandbox, request: RunRequest, refusal: string): Promise<number> {
  const { ms, outcomes } = await sandbox.judge([request]);
  const outcome = outcomes[0]?.[0];
  if (outcome?.ok !== false || outcome.refusal !== refusal) {
    throw new Error(`Not refused for ${refusal}: ${JSON.stringify(outcome)}`);
  }
  return ms;
}

const program = (text: string): RunRequest => ({ program: text, inputs: [''], runs: 2 });
const hello = (n: number) => program(`def f():\n    return 'hello ${n}'`);
const endless = (n: number) => program(`def f():\n    x = ${n}\n    while True:\n        x = x + 1`);
/** Two tuples of 2^40 leaves and one hash: nothing is counted while one is looked up by the other. */
const loopInC = (n: number) =>
  program(
    `def f():\n    a = (${n},)\n    b = (${n},)\n    for i in range(40):\n        a = (a, a)\n        b = (b, b)\n    return {a: 1}.get(b)`,
  );
