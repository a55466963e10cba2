/**
 * Writes warm-up examples as binary shards for the PyTorch mirror: one source of truth for the tokens.
 * Record, little-endian uint16: prompt length, response length, first-token weight × 1000, prompt, response.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LevelId } from '../../src/language/level.ts';
import { VOCABULARY_SIZE } from '../../src/language/vocabulary.ts';
import { Random } from '../../src/random.ts';
import { CORPUS_DEFAULTS, type CorpusExample, corpus } from '../../src/warmup/corpus.ts';

const EXAMPLES_PER_SHARD = 32_768;

export interface ExportOptions {
  folder: string;
  /** Of the task language. */
  level: LevelId;
  seed: number;
  /** Prompt and response tokens at which each stage of the training ends, rising; the examples stop at the last. */
  stages: readonly number[];
  priorCotRate: number;
}

/**
 * What the folder holds of the examples of these options: `all` of them, the `beginning` (all that the first stages
 * need: examples depend on the seed and not on the budget, so a training that ended there can go on), or `none`.
 */
export function isWritten(
  folder: string,
  { stages, ...others }: Omit<ExportOptions, 'folder'>,
): 'all' | 'beginning' | 'none' {
  if (!existsSync(join(folder, 'DONE'))) return 'none';
  const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as Record<string, unknown>;
  // Older versions could show other searches and blank lines.
  if (meta.walks || meta.blankLines) return 'none';
  if (!Object.entries(others).every(([key, value]) => meta[key] === value)) return 'none';
  const written = (meta.stages ?? [meta.tokens]) as number[];
  if (!written.every((budget, i) => budget === stages[i])) return 'none';
  return written.length === stages.length ? 'all' : 'beginning';
}

/** Writes shards until the token budget of the last stage is reached, then `DONE`; returns what was written. */
export function exportCorpus({ folder, level, seed, stages, priorCotRate }: ExportOptions): {
  examples: number;
  tokens: number;
} {
  const tokens = Math.max(...stages);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'meta.json'),
    JSON.stringify({
      vocabularySize: VOCABULARY_SIZE,
      level,
      seed,
      tokens,
      stages,
      priorCotRate,
    }),
  );
  let written = 0;
  let examples = 0;
  let shard: CorpusExample[] = [];
  let shards = 0;
  const flush = () => {
    const name = `train-${String(shards++).padStart(5, '0')}.bin`;
    // A shard appears whole, by rename: training may already be waiting for it.
    writeFileSync(join(folder, `${name}.part`), pack(shard));
    renameSync(join(folder, `${name}.part`), join(folder, name));
    shard = [];
  };
  for (const example of corpus(new Random(seed), { ...CORPUS_DEFAULTS, level, priorCotRate })) {
    shard.push(example);
    examples++;
    written += example.prompt.length + example.response.length;
    if (shard.length === EXAMPLES_PER_SHARD) flush();
    if (written >= tokens) break;
  }
  if (shard.length > 0) flush();
  writeFileSync(join(folder, 'DONE'), '');
  return { examples, tokens: written };
}

function pack(examples: readonly CorpusExample[]): Uint8Array {
  const length = examples.reduce((sum, e) => sum + 3 + e.prompt.length + e.response.length, 0);
  const out = new Uint16Array(length);
  let at = 0;
  for (const { prompt, response, firstWeight } of examples) {
    out[at++] = prompt.length;
    out[at++] = response.length;
    out[at++] = Math.round(firstWeight * 1000);
    out.set(prompt, at);
    at += prompt.length;
    out.set(response, at);
    at += response.length;
  }
  return new Uint8Array(out.buffer);
}
