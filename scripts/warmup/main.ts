/**
 * `npm run warmup -- --size small --level 1`: makes a shipped base. Examples come from the TypeScript generator, the long
 * training runs in the PyTorch mirror (bridge/), the scores come from the page's own engine.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parameterCount, SIZES, type SizeName } from '../../src/reasoner/config.ts';
import { baseFolder } from '../../src/trainer/shippedBase.ts';
import { ROOT } from '../common/build.ts';
import { writeDocument } from '../experiment/report/document.ts';
import { exportCorpus, isWritten } from './export.ts';
import { scoreBase } from './score.ts';

/**
 * Seed, token budgets and habit of each shipped base, by size and level. After the first budget the training goes on
 * to the next from where it ended, with the learning rate of a longer training's second part.
 */
const RECIPES: Partial<Record<SizeName, Record<number, { seed: number; stages: number[]; habit: number }>>> =
  {
    nano: { 1: { seed: 1, stages: [12e6], habit: 0.35 }, 2: { seed: 1, stages: [24e6], habit: 0.35 } },
    small: { 1: { seed: 2, stages: [22e6], habit: 0.35 }, 2: { seed: 2, stages: [22e6], habit: 0.35 } },
    medium: { 1: { seed: 3, stages: [12e6, 22e6], habit: 0.35 } },
  };

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    level: { type: 'string', default: '1' },
    seed: { type: 'string' },
    tokens: { type: 'string' },
    habit: { type: 'string' },
    walks: { type: 'string', default: '0' },
    'blank-lines': { type: 'string', default: '0' },
    python: { type: 'string', default: process.env.KELVIN_PYTHON ?? 'python3' },
    'tasks-per-tier': { type: 'string', default: '200' },
    'score-only': { type: 'boolean', default: false },
  },
});

const size = values.size as SizeName;
const level = Number(values.level);
const recipe = RECIPES[size]?.[level];
if (!recipe) {
  const known = Object.entries(RECIPES).flatMap(([name, levels]) =>
    Object.keys(levels).map((of) => `${name} at level ${of}`),
  );
  console.error(
    `There is no warm-up recipe for size "${values.size}" at level ${values.level}; there are ${known.join(', ')}.`,
  );
  process.exit(1);
}
const name = baseFolder(size, level);
const seed = Number(values.seed ?? recipe.seed);
const stages = values.tokens?.split(',').map(Number) ?? recipe.stages;
if (!stages.every((budget, i) => budget > (stages[i - 1] ?? 0))) {
  fail(`--tokens is "${values.tokens}": give one number of tokens, or rising ones with commas (12e6,22e6).`);
}
const habit = Number(values.habit ?? recipe.habit);
const walks = Number(values.walks);
const blankLines = Number(values['blank-lines']);
const tried = `${walks ? ` --walks ${walks}` : ''}${blankLines ? ` --blank-lines ${blankLines}` : ''}`;
const out = join('runs', `warmup-${name}`);
const data = join(out, 'data');

if (!values['score-only']) {
  const options = { level, seed, stages, habit, walks, blankLines };
  const written = isWritten(data, options);
  if (written === 'all') console.log(`Using the examples in ${data}.`);
  else {
    console.log(`Writing ${Math.max(...stages) / 1e6} M tokens of examples to ${data} …`);
    // Nothing is gone on with that was trained on other examples.
    rmSync(written === 'beginning' ? data : out, { recursive: true, force: true });
    exportCorpus({ folder: data, ...options });
  }
  for (const budget of stages) await train(budget);
}

console.log('Scoring on the held-out suites …');
const safetensors = readFileSync(join(out, 'model.f16.safetensors'));
const scores = await scoreBase({ size, level }, safetensors, Number(values['tasks-per-tier']));
const progress = JSON.parse(readFileSync(join(out, 'progress.json'), 'utf8')) as {
  tokens: number;
  update: number;
  loss: number;
  seconds: number;
};
const card = {
  name: `kelvin-${name}`,
  command: `npm run warmup -- --size ${size} --level ${level} --seed ${seed} --tokens ${stages.join()} --habit ${habit}${tried}`,
  size,
  level,
  parameters: parameterCount(SIZES[size]),
  seed,
  habit,
  tokens: progress.tokens,
  updates: progress.update,
  loss: Number(progress.loss.toFixed(4)),
  minutes: Number((progress.seconds / 60).toFixed(1)),
  sha256: createHash('sha256').update(safetensors).digest('hex'),
  bytes: safetensors.length,
  scores,
};
const shipped = join('public', 'bases', name);
mkdirSync(shipped, { recursive: true });
copyFileSync(join(out, 'model.f16.safetensors'), join(shipped, 'model.safetensors'));
copyFileSync(join(out, 'config.json'), join(shipped, 'config.json'));
writeFileSync(join(shipped, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
// The results show the cards.
writeDocument(ROOT);
console.log(JSON.stringify(card, null, 2));
process.exit(0);

/** Trains up to a budget of tokens; where that is reached already, nothing is done. */
function train(budget: number): Promise<void> {
  const args = ['bridge/train.py', '--size', size, '--data', data, '--out', out];
  args.push('--tokens', String(budget), '--seed', String(seed), '--half', '--resume');
  return new Promise((resolve) => {
    const child = spawn(values.python, args, { stdio: 'inherit' });
    child.on('error', () =>
      fail(`"${values.python}" could not be started; name a Python with PyTorch by --python.`),
    );
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else fail('The training ended with an error (see above). bridge/README.md says what it needs.');
    });
  });
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
