/**
 * A judge in a process of its own, for the machines of a cluster: it reads and writes the messages of
 * `src/sandbox/protocol.ts`, one JSON object a line, and ends with its standard input. A judge that dies says so last.
 */
import { createInterface } from 'node:readline';
import type { FromWorker, ToWorker } from '../../src/sandbox/protocol.ts';
import { runCommand } from '../common/command.ts';
import { readCommandLine } from '../common/commandLine.ts';
import { choice, text } from '../common/flag.ts';
import { JUDGES, judgeHere } from '../common/judges.ts';

/** Milliseconds for answers that the news of a death has overtaken. */
const GRACE_MS = 200;

await runCommand('The judge failed', async () => {
  const { values } = readCommandLine(process.argv.slice(2), {
    usage: 'tsx scripts/engine/judge.ts [flags]',
    about: 'Judges programs over the standard streams (python -m kelvin_engine continue --judges N).',
    flags: {
      judge: choice(JUDGES, 'that runs programs', 'pyodide'),
      python: text('FILE', 'CPython of the native judge', 'python3'),
    },
  });
  await new Promise<void>((resolve) => {
    const end = (last = '') => {
      judge.terminate();
      process.stdout.write(last, () => resolve());
    };
    const say = (message: FromWorker) => `${JSON.stringify(message)}\n`;
    const judge = judgeHere(values.judge, values.python)(
      (message) => process.stdout.write(say(message)),
      (detail) => setTimeout(() => end(say({ type: 'crashed', detail })), GRACE_MS),
    );
    const lines = createInterface({ input: process.stdin });
    lines.on('line', (line) => judge.post(JSON.parse(line) as ToWorker));
    lines.on('close', () => end());
  });
});
process.exit();
