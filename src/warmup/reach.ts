/**
 * Line labels and distances beyond those of the warm-up's own programs. Longer programs meet labels and rotary
 * distances that were never trained; without this, programs of seven or eight lines were right in 29 % where 62 % were
 * with it, forced to think (docs/method.md).
 */
import { FIRST_LINE_LABEL, LINE_LABELS } from '../language/vocabulary.ts';
import type { Random } from '../random.ts';
import type { WarmUpExample } from '../tasks/warmUp.ts';

/** Share of examples whose labels start later, and by how much at most. */
const LATER = 0.5;
const MOST_LATER = 12;
/** Share of examples whose positions jump, and the most jumps of one. */
const GAPPED = 0.4;
const MOST_JUMPS = 4;

const isLabel = (token: number) => token >= FIRST_LINE_LABEL && token < FIRST_LINE_LABEL + LINE_LABELS;

/** The example with all its line labels later by as much, now and then. */
export function withLaterLabels(random: Random, example: WarmUpExample): WarmUpExample {
  if (!random.chance(LATER)) return example;
  const last = Math.max(0, ...[...example.prompt, ...example.response].filter(isLabel));
  const room = FIRST_LINE_LABEL + LINE_LABELS - 1 - last;
  if (last === 0 || room < 1) return example;
  const by = random.integer(1, Math.min(MOST_LATER, room));
  const later = (tokens: readonly number[]) => tokens.map((token) => (isLabel(token) ? token + by : token));
  return { ...example, prompt: later(example.prompt), response: later(example.response) };
}

/** The example with positions that jump at some of its line labels, within the context, now and then. */
export function withGaps(random: Random, example: WarmUpExample, contextLength: number): WarmUpExample {
  const tokens = [...example.prompt, ...example.response];
  const room = contextLength - tokens.length;
  const places = tokens.flatMap((token, i) => (isLabel(token) ? [i] : []));
  if (!random.chance(GAPPED) || room < 1 || places.length === 0) return example;
  const extra = random.integer(0, room);
  const jumps = random.sample(places, Math.min(places.length, random.integer(1, MOST_JUMPS)));
  // Exponential shares are a random division of the whole into so many parts.
  const shares = jumps.map(() => -Math.log(1 - random.unit()));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const by = new Map(jumps.map((place, i) => [place, Math.floor((extra * shares[i]!) / total)]));
  let position = -1;
  const positions = tokens.map((_, i) => {
    position += 1 + (by.get(i) ?? 0);
    return position;
  });
  return { ...example, positions };
}
