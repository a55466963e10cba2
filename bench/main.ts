/**
 * The bench. Measures our engine, plain TensorFlow.js and jax-js side by side, the verifier, and the threads of the
 * WebAssembly engine, and writes `bench/results/engine.{json,md,svg}`, `verifier.{json,md}` and `cores.{json,md}`.
 *
 *   npm run bench                                        everything
 *   npm run bench -- --quick                             fewer rounds, a shorter sweep
 *   npm run bench -- --only engine --counts              what our engine asks of WebGPU, in a minute
 *   npm run bench -- --only engine --peak-tflops 82.6    tells the card's speed, to state shares of it
 *   npm run bench -- --only verifier                     how much the sandbox judges, how it starts and ends
 *   npm run bench -- --only cores                        a step on one thread and on all, and where it goes
 *   npm run bench -- --only tiles                        products in tiles of many sizes, on one core
 *   npm run bench -- --only attempts                     what attempts at a task share, on one core
 *   npm run bench -- --only arrangements                 our kernels with and without workgroup memory
 *   npm run bench -- --only start [--reading 10]         from the page to the first step
 *   npm run bench -- --only interactions                 how soon the page answers while it trains
 *   npm run bench -- --only selfplay --size nano --device wasm [--steps 3] [--prompts 62]
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, totalmem } from 'node:os';
import { runCommand } from '../scripts/common/command.ts';
import { openPage } from './chromium/browser.ts';
import { measureInChromium } from './chromium/measure.ts';
import { ATTEMPTS, measureAttempts } from './cores/attempts.ts';
import { measureCores } from './cores/cores.ts';
import { coresReport, coresTargets } from './cores/report.ts';
import { measureTiles } from './cores/tiles.ts';
import { interactionTargets, measureInteractions } from './interactions.ts';
import { measureOnNull, NULL_ADAPTER } from './node/measure.ts';
import { type BenchOptions, readBenchOptions } from './options.ts';
import { plotOf } from './plot.ts';
import { reportOf } from './report.ts';
import { adapterName, type Entry, merge } from './results.ts';
import { ENGINES } from './rivals/engine.ts';
import { runSelfPlay } from './selfplay.ts';
import { measureStart, START_PRESETS, startTargets } from './start.ts';
import { ratios, type Spread, spread } from './statistics.ts';
import { spreadText } from './tables.ts';
import { type Target, targetsOf } from './targets.ts';
import { measureVerifier } from './verifier/measure.ts';
import { verifierReport, verifierTargets } from './verifier/report.ts';
import { FULL } from './workload.ts';

const RESULTS = new URL('./results/', import.meta.url);

const started = performance.now();
const say = (line: string) =>
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${line}`);

await runCommand('The bench stopped', () => bench(readBenchOptions(process.argv.slice(2))), { whole: true });
// The engines' threads would keep the process alive.
process.exit();

async function bench(options: BenchOptions): Promise<void> {
  const { only, counts, quick } = options;
  if (only === 'tiles') await compareTiles(quick);
  if (only === 'attempts') await compareAttempts(quick);
  if (only === 'arrangements') await compareArrangements(quick);
  if (only === 'all' || only === 'engine') await (counts ? countEngine() : benchEngine(options));
  const isAll = only === 'all' && !counts;
  if (isAll || only === 'verifier') await benchVerifier(quick);
  if (isAll || only === 'cores') await benchCores(quick);
  if (isAll || only === 'start') await benchStart(options);
  if (isAll || only === 'interactions') await benchInteractions(quick);
  if (isAll || only === 'selfplay') await runSelfPlay(options, (line) => console.log(line));
}

async function countEngine(): Promise<void> {
  const measured = await measureOnNull({ engines: ['kelvin'], timed: 100 }, say);
  const entry = { ...entryOnNull(measured), dispatchMicroseconds: measured.dispatchMicroseconds };
  printTargets(targetsOf([entry]));
}

async function benchEngine({ quick, 'peak-tflops': peakTflops }: BenchOptions): Promise<void> {
  const timed = quick ? 20 : 60;
  const dry = entryOnNull(await measureOnNull({ engines: ENGINES, timed }, say));
  const { entries, browser } = await measureInChromium(quick, say);
  const fresh = entries.map((entry) => ({
    ...entry,
    dispatchMicroseconds: null,
    host: `${host()}, ${browser}`,
    command: command(),
    peakTflops: entry.adapter.isFallbackAdapter ? null : peakTflops,
  }));
  const all = merge(readEntries(), [dry, ...fresh]);
  writeJson('engine.json', all);
  writeFileSync(new URL('engine.md', RESULTS), reportOf(all));
  writeFileSync(new URL('engine.svg', RESULTS), plotOf(all));
  say('wrote bench/results/engine.json, engine.md and engine.svg');
  printTargets(targetsOf([dry, ...fresh]));
}

function entryOnNull(measured: Pick<Entry, 'engines' | 'dispatchMicroseconds'>): Entry {
  return {
    ...measured,
    adapter: NULL_ADAPTER,
    shape: FULL,
    sweep: null,
    parity: null,
    host: host(),
    command: command(),
    peakTflops: null,
  };
}

async function compareArrangements(quick: boolean): Promise<void> {
  const page = await openPage(say);
  const { adapter, arrangements } = await page.ask(quick ? 3 : 7);
  await page.close();
  if (!adapter || !arrangements) throw new Error('The browser has no WebGPU adapter');
  const text = (name: string, { median, min, max }: Spread, unit: string) =>
    `${name.padEnd(24)}${median.toPrecision(3)}${unit} (${min.toPrecision(3)}–${max.toPrecision(3)})`;
  const { alone, cooperative } = arrangements;
  console.log(`Training step of the tiny shape on ${adapterName(adapter).name}`);
  console.log(text('in registers, alone', spread(alone)!, ' ms'));
  console.log(text('in tiles, cooperating', spread(cooperative)!, ' ms'));
  console.log(text('cooperating / alone', ratios(cooperative, alone)!, '×'));
}

async function compareTiles(quick: boolean): Promise<void> {
  const tiles = await measureTiles(quick ? 5 : 11);
  console.log(
    `Products on one core, GFLOP/s by the tile that stays in registers; load ${loadavg()[0]!.toFixed(1)}`,
  );
  for (const fused of [false, true]) {
    console.log(fused ? 'multiplication and addition fused:' : 'multiplication and addition apart:');
    for (const { rows, columns, unrolled, gflops } of tiles.filter((tile) => tile.fused === fused)) {
      const name = `${rows} × ${columns}${unrolled > 1 ? `, unrolled ${unrolled} times` : ''}`;
      console.log(`  ${name.padEnd(26)}${spreadText(gflops, '')}`);
    }
  }
}

async function compareAttempts(quick: boolean): Promise<void> {
  console.log(`${ATTEMPTS} attempts at each task, on one core; load ${loadavg()[0]!.toFixed(1)}`);
  for (const { base, tokens, computed, faster } of await measureAttempts(quick ? 3 : 7)) {
    const share = ((100 * computed) / tokens).toFixed(0);
    console.log(
      `${base}: ${tokens} tokens, ${share} % of them computed; ` +
        `an update of each by itself takes ${spreadText(faster, '×')}`,
    );
  }
}

async function benchStart({ reading }: BenchOptions): Promise<void> {
  for (const preset of START_PRESETS) {
    const load = (loadavg()[0] ?? 0).toFixed(1);
    const times = await measureStart(preset, reading, say);
    printTargets(startTargets(times, `${preset}, ${reading} s of reading, load ${load}`));
  }
}

async function benchInteractions(quick: boolean): Promise<void> {
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const times = await measureInteractions(quick ? 1 : 5, say);
  printTargets(interactionTargets(times, `load ${load}`));
}

async function benchVerifier(quick: boolean): Promise<void> {
  const load = loadavg()[0] ?? 0;
  const figures = await measureVerifier(quick, say);
  const results = { ...figures, host: host(), load, command: command() };
  writeJson('verifier.json', results);
  writeFileSync(new URL('verifier.md', RESULTS), verifierReport(results));
  say('wrote bench/results/verifier.json and verifier.md');
  printTargets(verifierTargets(results));
}

async function benchCores(quick: boolean): Promise<void> {
  const load = loadavg()[0] ?? 0;
  const figures = await measureCores(quick, say);
  const results = { ...figures, host: host(), load, loadAfter: loadavg()[0] ?? 0, command: command() };
  writeJson('cores.json', results);
  writeFileSync(new URL('cores.md', RESULTS), coresReport(results));
  say('wrote bench/results/cores.json and cores.md');
  printTargets(coresTargets(results));
}

function writeJson(name: string, value: unknown): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL(name, RESULTS), `${JSON.stringify(value, sixDigits, 2)}\n`);
}

/** Digits beyond the sixth are noise. */
function sixDigits(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}

function readEntries(): Entry[] {
  const file = new URL('engine.json', RESULTS);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Entry[]) : [];
}

function printTargets(targets: readonly Target[]): void {
  const verdicts = { true: 'met', false: 'MISSED', null: '–' };
  console.log();
  for (const { figure, where, wanted, measured, met } of targets) {
    console.log(
      `${verdicts[`${met}`].padEnd(7)}${figure.padEnd(50)}${measured.padStart(13)}  (${wanted}; ${where})`,
    );
  }
}

/** The machine, as far as it matters to time. */
function host(): string {
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return (
    `${first?.model.trim() ?? 'an unknown processor'} (${cpus().length} threads, ${memory}), ` +
    `${platform()}, Node ${process.versions.node}`
  );
}

function command(): string {
  const rest = process.argv.slice(2);
  return ['npm run bench', ...(rest.length > 0 ? ['--', ...rest] : [])].join(' ');
}
