/**
 * `npm test`: every check of the repository, each run even when one before it failed. `npm run test:long`: what is
 * too long for it, that is the tests which check more there (see test/scale.ts).
 * The last line is `N passed, N failed`: the tests of vitest and Playwright, plus one failure for each
 * check that is not made of tests (or broke before it could count). Exit code 1 on any failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './common/build.ts';
import { ensureChromium } from './common/chromium.ts';

interface Count {
  passed: number;
  failed: number;
}

interface Check {
  name: string;
  /** Arguments to node. */
  args: string[];
  /** Counts of the check's own report, when it is made of tests. */
  count?: () => Count;
  /** Runs in Chromium, which is looked for and installed first. */
  inChromium?: boolean;
  /** Skipped, and counted as failed, when the named check failed. */
  after?: string;
}

const isLong = process.argv.includes('--long');
if (isLong) process.env.KELVIN_TEST = 'long';

const reports = join(ROOT, '.cache/test');
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');

const all: (Check & { onlyShort?: boolean })[] = [
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit'], onlyShort: true },
  { name: 'lint and format', args: [bin('@biomejs/biome/bin/biome'), 'check', '.'], onlyShort: true },
  { name: 'dead code', args: [bin('knip/bin/knip.js')], onlyShort: true },
  {
    name: 'unit tests',
    inChromium: true,
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ],
    count: () => {
      const report = readJson<{ numPassedTests: number; numFailedTests: number }>(vitestReport);
      return { passed: report.numPassedTests, failed: report.numFailedTests };
    },
  },
  { name: 'build', args: [bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn'] },
  {
    name: 'page in Chromium',
    inChromium: true,
    args: [bin('@playwright/test/cli.js'), 'test', '--pass-with-no-tests'],
    count: () => {
      const { stats } = readJson<{ stats: { expected: number; unexpected: number; flaky: number } }>(
        playwrightReport,
      );
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
    },
    after: 'build',
  },
];

const checks: Check[] = all.filter(({ onlyShort }) => !(isLong && onlyShort));
const broken = new Map<string, string>();
const total: Count = { passed: 0, failed: 0 };
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

for (const check of checks) {
  console.log(`\n— ${check.name}`);
  const reason = run(check);
  if (reason) broken.set(check.name, reason);
}

console.log('');
for (const { name } of checks) console.log(`${broken.has(name) ? '✗' : '✓'} ${name}${suffix(name)}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = broken.size > 0 ? 1 : 0;

/** Runs one check and adds its counts; returns why it failed, or null. */
function run(check: Check): string | null {
  if (check.after && broken.has(check.after)) {
    total.failed++;
    return `not run: ${check.after} failed`;
  }
  try {
    if (check.inChromium) process.env.CHROME_PATH = ensureChromium();
  } catch (error) {
    total.failed++;
    return (error as Error).message;
  }
  const started = performance.now();
  const { status, signal } = spawnSync(process.execPath, check.args, { cwd: ROOT, stdio: 'inherit' });
  console.log(`(${((performance.now() - started) / 1000).toFixed(1)} s)`);
  let count: Count = { passed: 0, failed: 0 };
  try {
    count = check.count?.() ?? count;
  } catch {
    // No report: the runner itself broke, which the exit status says.
  }
  // A check that fails without a failed test of its own (a compile error, a crash) is one failure.
  if (status !== 0 && count.failed === 0) count.failed = 1;
  total.passed += count.passed;
  total.failed += count.failed;
  if (status === 0 && count.failed === 0) return null;
  return check.count ? `${count.failed} failed` : `exit ${status ?? signal}`;
}

function suffix(name: string): string {
  const reason = broken.get(name);
  return reason ? ` (${reason})` : '';
}

function bin(path: string): string {
  return join(ROOT, 'node_modules', path);
}

function readJson<T>(path: string): T {
  if (!existsSync(path)) throw new Error(`${path} was not written`);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
