/**
 * The half of `python -m kelvin_engine continue` that is the page's own: the loop, its judges and the run's folder. Python
 * starts it and answers it, one JSON object a line; it is of no use by itself.
 */
import { runCommand } from '../common/command.ts';
import { readCommandLine } from '../common/commandLine.ts';
import { choice, number, text, whole } from '../common/flag.ts';
import { JUDGES } from '../common/judges.ts';
import { readKept } from '../common/keeping.ts';
import { UsageError } from '../common/usageError.ts';
import { continueRun } from './continue.ts';
import { Line } from './line.ts';

const STEPS: [number, number] = [1, 10_000];

await runCommand('The run failed', async () => {
  const { values } = readCommandLine(process.argv.slice(2), {
    usage: 'tsx scripts/engine/main.ts --folder FOLDER [flags]',
    about:
      'Goes on with a run; its reasoner is asked over the standard streams (python -m kelvin_engine continue).',
    flags: {
      folder: text('FOLDER', 'of the run'),
      steps: whole(STEPS, 'more steps', 20),
      until: whole(STEPS, 'the last step, in place of --steps'),
      'keep-every': whole(STEPS, 'steps, after which the folder is brought up to date', 1),
      judge: choice(JUDGES, 'that runs programs: the page’s own, or CPython of this machine', 'pyodide'),
      python: text('FILE', 'CPython of the native judge', 'python3'),
      judges: whole([1, 1_000], 'judges at the same time; as many as the run has, by default'),
      'judge-line': text('SOCKET', 'behind which Python has the judges; beside this process by default'),
      model: text('NAME', 'a pretrained model that takes the run over'),
      lora: whole([1, 1_024], 'rank of the LoRA that is trained'),
      context: whole([64, 1_000_000], 'tokens of prompt and response together'),
      response: whole([1, 1_000_000], 'tokens of a response, at most'),
      'learning-rate': number([0, 1], 'of the pretrained model, at its highest'),
    },
  });
  const {
    folder,
    steps,
    until,
    'keep-every': keepEvery,
    judge,
    python,
    judges,
    'judge-line': judgeLine,
  } = values;
  if (folder === null) throw new UsageError('--folder is missing: of which run?');
  const kept = readKept(folder, { takesPretrained: true });
  const last = until ?? kept.run.state.step + steps;
  if (kept.run.state.step >= last) {
    throw new UsageError(`The run in ${folder} has taken its ${kept.run.state.step} steps already.`);
  }
  // Python has gone: nobody hears of anything any more.
  const line = new Line(process.stdin, process.stdout, () => process.exit(1));
  const { model, lora, context, response, 'learning-rate': learningRate } = values;
  const asked = { model, lora, context, response, learningRate };
  await continueRun(line, {
    folder,
    kept,
    until: last,
    keepEvery,
    judge,
    python,
    judges,
    judgeLine,
    model: asked,
  });
});
process.exit();
