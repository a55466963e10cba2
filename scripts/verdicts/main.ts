/** `npm run verdicts`: holds judges to engine/verdicts.jsonl, and writes it anew with `--write`. */
import { runCommand } from '../common/command.ts';
import { readCommandLine } from '../common/commandLine.ts';
import { choice, text, toggle } from '../common/flag.ts';
import { JUDGES, openJudges } from '../common/judges.ts';
import { compareWithVectors, readVectors, writeVectors } from './verdicts.ts';

await runCommand('The judge could not be asked', async () => {
  const { values } = readCommandLine(process.argv.slice(2), {
    usage: 'npm run verdicts -- [flags]',
    about: 'Compares what a judge says of the programs of engine/verdicts.jsonl with what is written there.',
    flags: {
      judge: choice(JUDGES, 'that is asked', 'pyodide'),
      python: text('FILE', 'CPython 3.12 or later of the native judge', 'python3'),
      write: toggle('writes the file anew, with the page’s own judge'),
    },
    notes: 'Exit code: 0 when all is as it is written, or differs as docs/engine.md says, else 1.',
  });
  const sandbox = await openJudges(values.write ? 'pyodide' : values.judge, values.python, { workers: 1 });
  try {
    if (values.write) {
      console.log(`Wrote ${await writeVectors(sandbox)} verdicts.`);
      return 0;
    }
    const vectors = readVectors();
    const { known, unknown } = await compareWithVectors(sandbox, vectors);
    for (const { program, input, expected, got, why } of [...known, ...unknown]) {
      console.log(`${why ?? 'UNKNOWN'}: f(${input})\n${program}\n  written: ${expected}\n  says:    ${got}`);
    }
    console.log(
      `${vectors.length} verdicts: ${vectors.length - known.length - unknown.length} alike, ` +
        `${known.length} differ in a known way, ${unknown.length} in another.`,
    );
    return unknown.length === 0 ? 0 : 1;
  } finally {
    sandbox.close();
  }
});
process.exit();
