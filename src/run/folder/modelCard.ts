/** The README.md of a run's folder: the model card, as the Hugging Face Hub reads it. */
import type { SuiteScores } from '../../benchmark/scores.ts';
import { changedKeys, HYPERPARAMETERS } from '../../config/hyperparameters.ts';
import { isPresetName, PRESETS, presetConfig } from '../../config/presets.ts';
import { SPECS } from '../../tasks/index.ts';
import { ALL_KINDS } from '../../tasks/task.ts';
import { modelName, type Pretrained, type RunEngine, type RunHeader } from './layout.ts';
import type { Evaluation, RunLines } from './lines.ts';

interface Described {
  header: RunHeader;
  lines: Pick<RunLines, 'engine' | 'base' | 'evaluation' | 'isWarmedUp' | 'byHand'>;
  /** Steps taken. */
  step: number;
  /** Whether the base is in the folder, not one of those shipped with Kelvin. */
  hasOwnBase: boolean;
}

export function modelCard(run: Described): string {
  const { pretrained } = run.header;
  return [head(run), about(run), howMade(run), results(run), pretrained ? usageOf(pretrained) : USE].join(
    '\n',
  );
}

function head({ header: { config, ownBase, pretrained }, hasOwnBase }: Described): string {
  // Its name may be anything, and the Hub takes only letters, digits, dots, dashes and underscores.
  const name = ownBase ? `"${ownBase.name.replace(/[^\w.-]+/g, '-')}"` : baseName(config);
  const isUnnamed = hasOwnBase && !ownBase && !pretrained;
  const base = isUnnamed ? [] : [`base_model: ${pretrained ? JSON.stringify(modelName(pretrained)) : name}`];
  return `---
library_name: transformers
pipeline_tag: text-generation
${pretrained ? '' : 'license: mit\n'}tags:
- kelvin
- absolute-zero
- self-play
- reinforcement-learning
- code
${base.map((line) => `${line}\n`).join('')}datasets: []
---
`;
}

function about({ header, lines: { byHand }, step }: Described): string {
  const { name, note, preset, config, pretrained } = header;
  const label = isPresetName(preset) ? PRESETS[preset].label : preset;
  const title = name ?? `${label}, seed ${config.seed}`;
  const said = note ? `\n${note}\n` : '';
  const purpose = isPresetName(preset) ? `\nThe preset: ${PRESETS[preset].purpose.replace('\n', ' ')}\n` : '';
  return `# ${title}
${said}
A ${pretrained ? 'run' : 'reasoner'} of the Absolute Zero lab Kelvin (size \`${config.size}\`) after ${step} ${step === 1 ? 'step' : 'steps'}. In self-play a reasoner invents its own Python tasks, CPython checks them by running them, and it learns from nothing but whether its solutions work${byHand > 0 ? `, here with human data: ${tasksByHand(byHand)}` : ''}${pretrained ? `. ${takenOver(pretrained)}` : '; its base was trained, supervised, on programs that a grammar writes. It knows the small language of these tasks and no other.'}
${purpose}`;
}

/** Who goes on with the run, and what is whose. */
function takenOver(pretrained: Pretrained): string {
  const { lora, since } = pretrained;
  const what = lora === null ? 'its weights are' : `LoRA of rank ${lora} is trained; it is`;
  return `After step ${since} the pretrained model \`${modelName(pretrained)}\` took over the tasks, asked in text: ${what} in \`pretrained/\`. Weights beside this file are those of the reasoner before, as it was then.`;
}

function tasksByHand(count: number): string {
  return count === 1
    ? 'a person wrote one of its tasks and put it into its buffer'
    : `people wrote ${count} of its tasks and put them into its buffer`;
}

function howMade({
  header,
  lines: { engine, base, isWarmedUp, byHand },
  step,
  hasOwnBase,
}: Described): string {
  const { preset, config, seedProgram } = header;
  const digest = base?.sha256 ? `, SHA-256 \`${base.sha256}\`` : '';
  const rows: [string, string][] = [
    ['preset', `\`${preset}\``],
    [
      'what differs from it',
      differing(header)
        .map((entry) => `\`${entry}\``)
        .join(', ') || 'nothing',
    ],
    ['seed', String(config.seed)],
    ['steps', `${step} of ${config.steps}`],
    ['base', baseText(header, hasOwnBase) + digest],
    ['tasks that people wrote', byHand === 0 ? 'none' : String(byHand)],
    ['engine', engine ? `${engine.backend}, ${engine.adapter}, ${engine.parameters} parameters` : 'unknown'],
  ];
  const program =
    seedProgram === null ? '' : `\nIt began from this program:\n\n\`\`\`python\n${seedProgram}\n\`\`\`\n`;
  // No command makes a base that was brought in, the tasks of people, or what came after another model took over.
  const isRepeatable = (!hasOwnBase || isWarmedUp) && byHand === 0 && !header.pretrained;
  const again = isRepeatable ? `\n\`\`\`\n${command(header, engine)}\n\`\`\`\n` : '';
  return `## How it was made

| | |
|---|---|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
${program}${again}`;
}

function results({ lines: { evaluation }, header: { config } }: Described): string {
  if (!evaluation) return '## Results\n\nIt was not measured on held-out tasks yet.\n';
  const kinds = ALL_KINDS.filter((kind) => evaluation.heldOut[kind]);
  const columns: (keyof Evaluation)[] = ['heldOut', 'base', 'baseForced'];
  const row = (kind: (typeof kinds)[number]) => {
    const cells = columns.map((column) => share(evaluation[column] as SuiteScores, kind));
    return `| ${SPECS[kind].label} | ${cells.join(' | ')} |`;
  };
  return `## Results

Percent right of held-out tasks after step ${evaluation.step}, answered greedily, the mean over all difficulties (${config.evaluationTasks} tasks each). Only what lies above the base *forced to think* is new skill.

| | this reasoner | frozen base | base forced to think |
|---|---|---|---|
${kinds.map(row).join('\n')}
`;
}

const USE = `## Using it

\`AutoModelForCausalLM\` and \`AutoTokenizer\` of \`transformers\` load this folder. A text that spells a special token or a label (\`<think>\`, \`<1>\`) becomes that token, so hand prompts over as token ids.

Kelvin goes on with the run exactly: *Bring in a run* under Runs takes the zip, and \`npm run lab -- --resume FOLDER\` the folder.
`;

function usageOf({ lora }: Pretrained): string {
  const loader =
    lora === null ? '`AutoModelForCausalLM` of `transformers`' : '`AutoPeftModelForCausalLM` of `peft`';
  return `## Using it

${loader} loads \`pretrained/\`, and \`AutoTokenizer\` its tokenizer.

\`python -m kelvin_engine continue FOLDER\` goes on with the run. *Bring in a run* under Runs shows its curves, buffer and tree; the model itself cannot run in a tab.
`;
}

function share(scores: SuiteScores, kind: keyof SuiteScores): string {
  const byTier = Object.values(scores[kind] ?? {});
  if (byTier.length === 0) return '–';
  return ((100 * byTier.reduce((sum, score) => sum + score, 0)) / byTier.length).toFixed(1);
}

/** The switches by which a configuration differs from its preset, as flags of the command line. */
function differing({ preset, config }: RunHeader): string[] {
  if (!isPresetName(preset)) return [];
  const changed = new Set(changedKeys(config, presetConfig(preset)));
  return HYPERPARAMETERS.filter(({ key }) => key !== 'seed' && changed.has(key)).map(
    ({ key, urlKey }) => `--${urlKey} ${config[key]}`,
  );
}

function command(header: RunHeader, engine: RunEngine | null): string {
  const { preset, config, seedProgram } = header;
  return [
    `npm run lab -- --preset ${preset} --seed ${config.seed}`,
    ...differing(header),
    ...(seedProgram === null ? [] : ['--program FILE']),
    ...(engine ? [`--device ${engine.backend}`] : []),
  ].join(' ');
}

function baseText({ config, ownBase, pretrained }: RunHeader, hasOwnBase: boolean): string {
  if (pretrained) return `\`${modelName(pretrained)}\``;
  if (!hasOwnBase) return `\`${baseName(config)}\`, shipped with Kelvin`;
  return `\`base.safetensors\`${ownBase ? `, brought in as ${ownBase.name}` : ', warmed up in the run'}`;
}

function baseName({ size, level }: RunHeader['config']): string {
  return `kelvin-${size}${level === 1 ? '' : `-level${level}`}`;
}
