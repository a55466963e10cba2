/**
 * `npm test`: every check of the repository, each run even when another failed. `npm run test:long`: what is too long
 * for it, that is the tests which check more there (see test/scale.ts).
 * What failed is told once more behind everything. The last line is `N passed, N failed`: the tests of Vitest and
 * Playwright, plus one failure for each check that is not made of tests (or broke before it could count). Exit code 1 on
 * any failure.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfStale, ROOT } from './common/build.ts';
import { requireChromium } from './common/chromium.ts';
import { ownCommandLine } from './common/command.ts';
import { toggle } from './common/flag.ts';
import {
  type PlaywrightReport,
  playwrightFailures,
  type VitestReport,
  vitestFailures,
} from './common/testReports.ts';

interface Count {
  passed: number;
  failed: number;
  /** Which tests failed, and the heads of their errors. */
  failures: string[];
}

interface Check {
  name: string;
  /** Arguments to node. */
  args: string[];
  /** Counts of the check's own report, when it is made of tests. */
  count?: () => Count;
  /** Cannot be done without a browser. */
  inChromium?: boolean;
  /** The check that has to succeed before this one begins. */
  after?: string;
  /** Left out of the long run, where it would be the same again. */
  onlyShort?: boolean;
}

interface Result extends Count {
  /** Why the check failed, or null. */
  reason: string | null;
  ms: number;
}

/** Two at a time, in this order: what is quick to fail comes first, and two cores are busy to the end. */
const LANES = 2;

const { long: isLong } = ownCommandLine({
  usage: 'npm test, or npm run test:long',
  about: 'Runs every check of the repository, each even when another failed. The last line counts tests.',
  flags: { long: toggle('instead, the tests that check more when they may take longer') },
});
if (isLong) {
  process.env.KELVIN_TEST = 'long';
  buildIfStale();
}
const reports = join(ROOT, '.cache/test');

const checks = (
  [
    { name: 'build', args: [bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn'], onlyShort: true },
    { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit'], onlyShort: true },
    { name: 'lint', args: [bin('@biomejs/biome/bin/biome'), 'check', '.'], onlyShort: true },
    { name: 'dead code', args: [bin('knip/bin/knip.js')], onlyShort: true },
    {
      name: 'page',
      args: [bin('@playwright/test/cli.js'), 'test', '--pass-with-no-tests'],
      count: () => {
        const report = readReport<PlaywrightReport>('page');
        const { expected, flaky, unexpected } = report.stats;
        return { passed: expected + flaky, failed: unexpected, failures: playwrightFailures(report) };
      },
      inChromium: true,
      // The long run takes the page that the short one has built.
      after: isLong ? undefined : 'build',
    },
    vitest('laws', 'node'),
    { ...vitest('kernels', 'webgpu'), inChromium: true },
  ] satisfies Check[] as Check[]
).filter(({ onlyShort }) => !(isLong && onlyShort));

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const began = performance.now();
const browserMissing = whyNoBrowser();
const waiting = [...checks];
const running = new Map<string, Promise<Result>>();
const results = new Map<string, Result>();
await Promise.all(Array.from({ length: LANES }, lane));

const total = { passed: 0, failed: 0 };
for (const { name } of checks)
  for (const failure of (results.get(name) as Result).failures) console.log(`\n✗ ${name} │ ${failure}`);
console.log('');
for (const { name } of checks) {
  const { passed, failed, reason, ms } = results.get(name) as Result;
  total.passed += passed;
  total.failed += failed;
  console.log(
    `${reason === null ? '✓' : '✗'} ${name} (${reason === null ? '' : `${reason}, `}${seconds(ms)})`,
  );
}
if (browserMissing) console.log(browserMissing);
console.log(`All checks took ${seconds(performance.now() - began)}.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Does one check after another, as long as there is one that may begin. */
async function lane(): Promise<void> {
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ after }) => after === undefined || results.has(after));
    if (at < 0) {
      await Promise.race(running.values());
      continue;
    }
    const [check] = waiting.splice(at, 1) as [Check];
    const result = run(check);
    running.set(check.name, result);
    results.set(check.name, await result);
    running.delete(check.name);
  }
}

/** Runs one check, its output line by line behind its name. Never rejects. */
async function run(check: Check): Promise<Result> {
  const started = performance.now();
  const fails = (reason: string, count: Count = { passed: 0, failed: 1, failures: [] }): Result => ({
    ...count,
    reason,
    ms: performance.now() - started,
  });
  if (check.after && results.get(check.after)?.reason !== null)
    return fails(`not run: ${check.after} failed`);
  if (check.inChromium && browserMissing) return fails('not run: no browser');
  const status = await spawned(check);
  let count: Count = { passed: 0, failed: 0, failures: [] };
  try {
    count = check.count?.() ?? count;
  } catch {
    // No report: the runner itself broke, which the exit status says.
  }
  // A check that fails without a failed test of its own (a compile error, a crash) is one failure.
  if (status !== 0 && count.failed === 0) return fails(`exit ${status}`, { ...count, failed: 1 });
  if (count.failed > 0) return fails(`${count.failed} failed`, count);
  return { ...count, reason: null, ms: performance.now() - started };
}

/** Runs a check's process to its end; returns its exit status, or the signal that ended it. */
function spawned({ name, args }: Check): Promise<number | string> {
  const say = (line: string) => console.log(`${name.padEnd(9)} │ ${line}`);
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', say);
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
}

function whyNoBrowser(): string | null {
  try {
    process.env.CHROME_PATH = requireChromium();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** One of Vitest's projects as a check. */
function vitest(name: string, project: string): Check {
  const report = `--outputFile.json=${join(reports, `${name}.json`)}`;
  return {
    name,
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      report,
    ],
    count: () => {
      const report = readReport<VitestReport>(name);
      const { numPassedTests: passed, numFailedTests: failed } = report;
      return { passed, failed, failures: vitestFailures(report, ROOT) };
    },
  };
}

function bin(path: string): string {
  return join(ROOT, 'node_modules', path);
}

function readReport<T>(name: string): T {
  const path = join(reports, `${name}.json`);
  if (!existsSync(path)) throw new Error(`${path} was not written`);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(0)} s`;
}
