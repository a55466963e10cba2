/** A model of a reasoner's shape, made anywhere, that a run may begin from. */
import { VOCABULARY } from '../../language/vocabulary.ts';
import { fromHuggingFace } from '../../reasoner/checkpoint.ts';
import { fromHuggingFaceConfig, SIZES, type SizeName } from '../../reasoner/config.ts';
import type { ReasonerConfig } from '../../reasoner/reasoner.ts';
import { readSafetensors } from '../../reasoner/safetensors.ts';
import { said } from '../../words/said.ts';
import { FolderError } from './layout.ts';
import type { Files } from './read.ts';

export interface BroughtBase {
  size: SizeName;
  /** As it was given. */
  safetensors: Uint8Array;
}

/**
 * Reads config.json and model.safetensors in the Hugging Face Llama layout, and tokenizer.json where it is there.
 * Throws a {@link FolderError} where that is no reasoner of Kelvin's.
 */
export function readBase(files: Files): BroughtBase {
  const [configFile, safetensors, tokenizer] = [
    files('config.json'),
    files('model.safetensors'),
    files('tokenizer.json'),
  ];
  if (!configFile || !safetensors) {
    const lacks = configFile ? 'model.safetensors' : 'config.json';
    throw new FolderError(
      `There is no ${lacks}: a base is config.json and model.safetensors, chosen together or in one zip.`,
    );
  }
  const size = sizeOf(spoken('config.json', () => fromHuggingFaceConfig(parse(configFile))));
  if (tokenizer) checkVocabulary(spoken('tokenizer.json', () => parse(tokenizer)));
  const values = spoken('model.safetensors', () =>
    fromHuggingFace(SIZES[size], readSafetensors(safetensors).tensors),
  );
  if (!values.every((numbers) => numbers.every(Number.isFinite))) {
    throw new FolderError('model.safetensors has numbers that are not finite: nothing can begin from it.');
  }
  return { size, safetensors };
}

const SHAPES =
  'Kelvin trains pico, nano, small, medium and large reasoners of its own shapes (docs/method.md).';

function sizeOf(config: ReasonerConfig): SizeName {
  const named = (Object.entries(SIZES) as [SizeName, ReasonerConfig][]).map(([name, shape]) => ({
    name,
    differing: (Object.keys(shape) as (keyof ReasonerConfig)[]).filter((key) => shape[key] !== config[key]),
  }));
  const nearest = named.reduce((best, one) => (one.differing.length < best.differing.length ? one : best));
  const [key] = nearest.differing;
  if (key === undefined) return nearest.name;
  const difference = said('its {part} is {given}, not {wanted}', {
    part: PART_TEXT[key],
    given: String(config[key]),
    wanted: String(SIZES[nearest.name][key]),
  });
  throw new FolderError(
    `config.json has no shape of a reasoner; nearest is ${nearest.name}, but ${difference}. ${SHAPES}`,
  );
}

const PART_TEXT: Readonly<Record<keyof ReasonerConfig, string>> = {
  vocabularySize: 'vocabulary (vocab_size)',
  layers: 'number of layers (num_hidden_layers)',
  width: 'width (hidden_size)',
  heads: 'number of heads (num_attention_heads)',
  feedForward: 'feed-forward width (intermediate_size)',
  contextLength: 'context (max_position_embeddings)',
  ropeTheta: 'rope_theta',
  rmsNormEpsilon: 'rms_norm_eps',
  tiedHead: 'head tied to the embedding (tie_word_embeddings)',
};

/** Throws unless every token has our number. */
function checkVocabulary(tokenizer: unknown): void {
  const { vocab } = (tokenizer as { model?: { vocab?: unknown } } | null)?.model ?? {};
  const given = (typeof vocab === 'object' && vocab !== null ? vocab : {}) as Record<string, unknown>;
  const wrong = VOCABULARY.find((text, id) => given[text] !== id);
  if (wrong === undefined) return;
  throw new FolderError(
    `tokenizer.json has another vocabulary than Kelvin’s: ${JSON.stringify(wrong)} is not token ${VOCABULARY.indexOf(wrong)} there. A base must be trained on Kelvin’s tokens.`,
  );
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error('It is not JSON');
  }
}

/** What a reader throws, with the name of the file. */
function spoken<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new FolderError(`${file} is none of a reasoner: ${(error as Error).message}.`);
  }
}
