/** A run that a pretrained model takes over, or has taken over before: it is asked in text, and Python keeps its weights. */
import type { Config } from '../../src/config/hyperparameters.ts';
import { modelName, type Pretrained } from '../../src/run/folder/layout.ts';
import type { FolderRun } from '../../src/run/folder/read.ts';
import { kindsOf } from '../../src/selfplay/context.ts';
import type { SavedState } from '../../src/selfplay/savedRun.ts';
import { ALL_KINDS } from '../../src/tasks/task.ts';
import type { Wording } from '../../src/tasks/wording.ts';
import { UsageError } from '../common/usageError.ts';
import type { Line } from './line.ts';
import type { Opened } from './opened.ts';
import { cellsOf, placesPerCell } from './places.ts';
import { RemoteReasoner } from './remoteReasoner.ts';
import { checkTokenizer, type Probe, probeTexts, readTokenizer } from './text/tokenizer.ts';
import { isInText, textWording } from './text/wording.ts';

/** What the command line says of a pretrained model; null where it says nothing. */
export type Asked = { readonly [K in keyof Omit<Pretrained, 'since'>]: Pretrained[K] | null };

const CONTEXT = 2048;
const RESPONSE = 512;
/** The paper's, and one that adapters are usually trained with. */
const LEARNING_RATE = { whole: 1e-6, lora: 2e-5 };
/** Sequences of a forward pass that has gradients: those of a large vocabulary are large. */
const MICRO_BATCH = 4;
/** Programs of the buffers on which the tokenizer is checked. */
const PROBES = 200;

/** The model that goes on with the run; null where its own reasoner does. Throws a UsageError on what cannot be. */
export function pretrainedOf({ header, run }: FolderRun, asked: Asked): Pretrained | null {
  const before = header.pretrained ?? null;
  const { model, lora } = asked;
  if (!before && model === null) {
    if (Object.values(asked).some((value) => value !== null)) {
      throw new UsageError('--model is missing: the other flags are for a pretrained model.');
    }
    return null;
  }
  if (before && ((model ?? before.model) !== before.model || (lora ?? before.lora) !== before.lora)) {
    const how = before.lora === null ? 'all its weights' : `LoRA of rank ${before.lora}`;
    throw new UsageError(`The run goes on with ${before.model}, ${how}: no other can take it over.`);
  }
  const rank = before ? before.lora : lora;
  return {
    model: before?.model ?? (model as string),
    lora: rank,
    context: asked.context ?? before?.context ?? CONTEXT,
    response: asked.response ?? before?.response ?? RESPONSE,
    learningRate:
      asked.learningRate ??
      before?.learningRate ??
      (rank === null ? LEARNING_RATE.whole : LEARNING_RATE.lora),
    since: before?.since ?? run.state.step,
  };
}

/** Opens it. Rejects with a UsageError where it cannot be asked. */
export async function openPretrained(
  line: Line,
  kept: FolderRun,
  config: Config,
  pretrained: Pretrained,
): Promise<Opened> {
  const { response, learningRate } = pretrained;
  if (config.taskSource !== 'self') {
    throw new UsageError('A pretrained model proposes its own tasks: the run must have taskSource self.');
  }
  const mute = kindsOf(config).find((kind) => !isInText(kind));
  if (mute) throw new UsageError(`There are no prompts in text for ${mute}: the run must be without it.`);
  const played = { ...config, learningRate, maxProposeTokens: response, maxSolveTokens: response };
  const opened = await line.ask<{
    device: string;
    parameters: number;
    context: number;
    tokenizer: string;
    probes: Probe[];
  }>('open', {
    config: played,
    cells: cellsOf(config),
    places: placesPerCell(config),
    microBatch: MICRO_BATCH,
    lengthNormalizer: response,
    pretrained: { ...pretrained, texts: probeTexts(programsOf(kept)) },
  });
  const tokenizer = readTokenizer(opened.tokenizer);
  checkTokenizer(tokenizer, opened.probes);
  const wording = textWording(tokenizer, config.inductionExamples);
  checkRoom(wording, config, opened.context, response);
  const state = { ...(kept.run.state as SavedState) };
  // Another base: nothing is known of it.
  if (!kept.header.pretrained && state.step > 0) {
    state.heldOut = { base: null, answers: { atOnce: [], forced: [] }, askedAhead: [] };
  }
  return {
    reasoner: new PretrainedReasoner(opened.context, opened.device, line),
    config: played,
    run: { ...kept.run, state, base: null },
    wording,
    parameters: opened.parameters,
    base: { name: modelName(pretrained), sha256: null },
    takenOver: { ...pretrained, context: opened.context },
  };
}

function programsOf({ run }: FolderRun): string[] {
  const buffers = (run.state as Partial<SavedState>).buffers;
  return ALL_KINDS.flatMap((kind) => buffers?.[kind]?.tasks ?? [])
    .slice(0, PROBES)
    .map(({ program }) => program);
}

/** Throws a UsageError where not even a prompt without references leaves room for a response. */
function checkRoom({ specs }: Wording, config: Config, context: number, response: number): void {
  const longest = Math.max(...kindsOf(config).map((kind) => specs[kind].proposePrompt([]).length));
  if (longest + response <= context) return;
  throw new UsageError(
    `A prompt takes ${longest} tokens of this model, a response ${response}: a context of ${context} is too short for both.`,
  );
}

/** Python loads and keeps the weights by itself, in `pretrained/` of the run's folder. */
class PretrainedReasoner extends RemoteReasoner {
  constructor(contextLength: number, device: string, line: Line) {
    // Of its shape, nothing but the context is of interest here.
    const nothing = { vocabularySize: 0, layers: 0, width: 0, heads: 0, feedForward: 0 };
    super({ ...nothing, contextLength, ropeTheta: 1, rmsNormEpsilon: 1, tiedHead: true }, device, line);
  }

  override async load(): Promise<void> {}

  override async loadOptimizer(): Promise<void> {}

  override async saveOptimizer(): Promise<Uint8Array> {
    return new Uint8Array();
  }
}
