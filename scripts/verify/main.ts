/**
 * `npm run verify -- file.jsonl`: judges a suite made elsewhere with the page's own sandbox in headless Chromium
 * and prints every disagreement. `--help` lists every flag.
 */
import { statSync } from 'node:fs';
import { openChromiumSandbox } from '../common/chromiumSandbox.ts';
import { runCommand } from '../common/command.ts';
import { UsageError } from '../common/usageError.ts';
import { judgeFile } from './judge.ts';
import { readVerifyOptions, type VerifyOptions } from './options.ts';
import { FileProgress } from './progress.ts';
import { VerdictFile } from './record.ts';
import { Report } from './report.ts';

/** Nothing was judged: the command line, the file or the machine does not permit it. */
const FAILED = 2;

// Whoever reads our output may have heard enough, as `head` has.
process.stdout.on('error', () => process.exit(FAILED));

await runCommand('The suite was not judged', () => verify(readVerifyOptions(process.argv.slice(2))), {
  code: FAILED,
});

/** Returns the exit code. */
async function verify(options: VerifyOptions): Promise<number> {
  const { file, workers, timeoutMs, steps, limit } = options;
  const size = sizeOf(file);
  const mode = options.stdlib ? 'stdlib' : 'suite';
  const record = options.json === null ? null : new VerdictFile(options.json, { file, mode, steps });
  console.error(`Starting Python in Chromium (${mode}, ${workers} ${workers === 1 ? 'worker' : 'workers'})`);
  const sandbox = await openChromiumSandbox({ mode, workers, timeoutMs });
  const stop = () => {
    void sandbox.close().then(() => process.exit(130));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const progress = new FileProgress(size);
  const report = new Report((line) => process.stdout.write(`${line}\n`), options);
  const { tally } = report;
  try {
    await judgeFile(file, sandbox.run, {
      steps,
      limit,
      onVerdicts(verdicts, bytesRead) {
        progress.clear();
        report.take(verdicts);
        record?.take(verdicts);
        progress.show(bytesRead, tally.judged + tally.skipped);
      },
    });
  } finally {
    await sandbox.close();
  }
  progress.done(tally.judged + tally.skipped);
  report.finish();
  record?.finish(tally);
  if (tally.judged === 0) {
    console.error(`Nothing in ${file} could be judged.`);
    return FAILED;
  }
  return tally.agreed === tally.judged ? 0 : 1;
}

function sizeOf(file: string): number {
  const info = statSync(file, { throwIfNoEntry: false });
  if (!info) throw new UsageError(`There is no file ${file}.`);
  if (info.isDirectory()) throw new UsageError(`${file} is a folder, not a file.`);
  if (info.size === 0) throw new UsageError(`${file} is empty.`);
  return info.size;
}
