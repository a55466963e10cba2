/** Sequences with the same prompt, in rows that fit a micro-batch. */
import { forkedRows, inOrder, type Row, shared } from './forks.ts';
import type { TrainingSequence } from './reasoner.ts';

export interface Packing {
  /** Padded to few fixed shapes (WebGPU's buffer pool is keyed by size) or exactly as long as the tokens. */
  style: 'padded' | 'ragged';
  /** Positions a micro-batch may have. */
  tokenBudget: number;
  /** Whether responses that begin alike share rows; only of ragged ones, and only the CPU's kernels can. */
  forks?: boolean;
}

/** Rows that share one prefix inside a micro-batch. */
export interface Group {
  prefix: readonly number[];
  /** Of the prefix, and of more; null for 0, 1, 2 … */
  positions: readonly number[] | null;
  rows: Row[];
  usesBase: boolean;
}

/** Rows that share a prefix in a padded micro-batch; the rest go one by one. */
const PADDED_COPIES = 8;

/** Groups of the sequences, but for those with an empty response, cut where they do not fit. */
export function groupByPrompt(sequences: readonly TrainingSequence[], packing: Packing): Group[] {
  const byPrompt = new Map<string, Omit<Group, 'rows'> & { indices: number[] }>();
  for (const [index, sequence] of sequences.entries()) {
    const { prompt, response } = sequence;
    if (response.length === 0) continue;
    const usesBase = (sequence.klToBase ?? 0) > 0;
    const key = `${usesBase ? 'base' : 'plain'} ${prompt.join(' ')} at ${sequence.positions?.slice(0, prompt.length).join(' ')}`;
    const group = byPrompt.get(key);
    if (group) group.indices.push(index);
    else {
      const prefix = prompt.slice(0, -1);
      const positions = sequence.positions?.slice(0, -1) ?? null;
      byPrompt.set(key, { prefix, positions, indices: [index], usesBase });
    }
  }
  return [...byPrompt.values()].flatMap(({ indices, ...group }) => {
    const cuts = packing.forks
      ? forkedCuts(sequences, indices, packing.tokenBudget - group.prefix.length)
      : wholeCuts(sequences, indices, packing, group.prefix.length);
    return cuts.map((rows): Group => ({ ...group, rows }));
  });
}

/** Cuts a group so that a cut's tree fits a micro-batch. */
function forkedCuts(
  sequences: readonly TrainingSequence[],
  indices: readonly number[],
  tokenBudget: number,
): Row[][] {
  const cuts: number[][] = [];
  let tokens = 0;
  let last: readonly number[] = [];
  for (const index of inOrder(sequences, indices)) {
    const { response, positions } = sequences[index] as TrainingSequence;
    // In this order a sequence shares as much with the one before it as with any.
    const more = response.length - (positions ? 0 : shared(last, response));
    const cut = cuts.at(-1);
    if (cut && tokens + more <= tokenBudget) {
      cut.push(index);
      tokens += more;
    } else {
      cuts.push([index]);
      tokens = response.length;
    }
    last = response;
  }
  return cuts.map((cut) => forkedRows(sequences, cut));
}

/** Cuts a group so that a cut fits a micro-batch: by tokens when ragged, into eights and ones when padded. */
function wholeCuts(
  sequences: readonly TrainingSequence[],
  indices: readonly number[],
  packing: Packing,
  prefixLength: number,
): Row[][] {
  const rows = indices
    .map(
      (index): Row => ({
        through: [index],
        start: 0,
        end: (sequences[index] as TrainingSequence).response.length,
      }),
    )
    .sort((a, b) => a.end - b.end || (a.through[0] as number) - (b.through[0] as number));
  const cuts: Row[][] = [];
  if (packing.style === 'padded') {
    let at = 0;
    for (; rows.length - at >= PADDED_COPIES; at += PADDED_COPIES) {
      cuts.push(rows.slice(at, at + PADDED_COPIES));
    }
    for (; at < rows.length; at++) cuts.push([rows[at] as Row]);
    return cuts;
  }
  let tokens = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (tokens + row.end > packing.tokenBudget) {
      cuts.push([]);
      tokens = prefixLength;
    }
    (cuts.at(-1) as Row[]).push(row);
    tokens += row.end;
  }
  return cuts;
}
