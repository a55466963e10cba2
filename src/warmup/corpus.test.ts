import { expect, test } from 'vitest';
import { decode, encode, isText, SPECIAL } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import { thinkingFirstWeight } from '../tasks/warmUp.ts';
import { CORPUS_DEFAULTS, type CorpusExample, type CorpusOptions, corpus } from './corpus.ts';

function take(count: number, seed: number, options: Partial<CorpusOptions> = {}): CorpusExample[] {
  const examples: CorpusExample[] = [];
  for (const example of corpus(new Random(seed), { ...CORPUS_DEFAULTS, ...options })) {
    examples.push(example);
    if (examples.length === count) return examples;
  }
  return examples;
}

/** Text of the thought's parts that stand between `from` and the next special token. */
function partsAfter(tokens: readonly number[], from: number): string[] {
  return tokens.flatMap((token, i) => {
    if (token !== from) return [];
    const end = tokens.findIndex((other, j) => j > i && !isText(other));
    return [decode(tokens.slice(i + 1, end < 0 ? tokens.length : end))];
  });
}

test('the same seed gives the same corpus', () => {
  expect(take(50, 6)).toEqual(take(50, 6));
  expect(take(50, 6)).not.toEqual(take(50, 7));
});

test('every example ends and fits', () => {
  for (const { prompt, response } of take(4000, 1)) {
    expect(prompt.length + response.length).toBeLessThanOrEqual(CORPUS_DEFAULTS.maxTokens);
    expect(response.at(-1)).toBe(SPECIAL.eos);
    expect(response.indexOf(SPECIAL.eos)).toBe(response.length - 1);
  }
});

test('four fifths of deductions think; their first token is weighted down to the prior CoT rate', () => {
  const solutions = take(6000, 2).filter((e) => e.prompt[0] === SPECIAL.solveDeduction);
  const thinking = solutions.filter((e) => e.response[0] === SPECIAL.think);
  expect(thinking.length / solutions.length).toBeCloseTo(0.8, 1);
  const weightThink = thinking.reduce((sum, e) => sum + e.firstWeight, 0);
  const weightAll = solutions.reduce((sum, e) => sum + e.firstWeight, 0);
  expect(weightThink / weightAll).toBeCloseTo(CORPUS_DEFAULTS.priorCotRate, 1);
  expect(thinkingFirstWeight(0.6, 0.6)).toBeCloseTo(1);
});

test('trial and error in abduction ends on a guess that hits', () => {
  const thoughts = take(4000, 3).filter(
    (e) => e.prompt[0] === SPECIAL.solveAbduction && e.response[0] === SPECIAL.think,
  );
  let severalGuesses = 0;
  for (const { prompt, response } of thoughts) {
    const wanted = decode(prompt.slice(prompt.indexOf(SPECIAL.output) + 1));
    const last = response.lastIndexOf(SPECIAL.output);
    const answerAt = response.indexOf(SPECIAL.answer);
    const values = wanted.replace(/[()]/g, '').split(', ');
    const compared = values.map((value) => `${value} == ${value} = True;`).join('');
    expect(decode(response.slice(last + 1, answerAt))).toBe(compared);
    if (response.indexOf(SPECIAL.output) !== last) severalGuesses++;
  }
  // Where running the program backwards reached the input, or 0 hits, the first guess is the last.
  expect(severalGuesses / thoughts.length).toBeGreaterThan(0.15);
});

test('guesses come in one order: 0, 1, −1, 2, −2 …', () => {
  const place = (guess: number) => 2 * Math.abs(guess) - (guess > 0 ? 1 : 0);
  const thoughts = take(4000, 3).filter(
    (e) => e.prompt[0] === SPECIAL.solveAbduction && e.response[0] === SPECIAL.think,
  );
  const later = thoughts.map(({ response }) =>
    [...decode(response).matchAll(/ = False;x = (-?\d+);/g)].map(([, guess]) => place(Number(guess))),
  );
  for (const guesses of later) {
    expect(guesses).toEqual([...guesses].sort((a, b) => a - b));
    expect(new Set(guesses).size).toBe(guesses.length);
  }
  expect(Math.max(...later.map(({ length }) => length))).toBeGreaterThan(3);
});

test('trial and error in induction ends on the candidate that agrees with what it was checked on', () => {
  const thoughts = take(14000, 4, { level: 2 }).filter(
    (e) => e.prompt[0] === SPECIAL.solveInduction && e.response.includes(SPECIAL.program),
  );
  expect(thoughts.length).toBeGreaterThan(100);
  let severalCandidates = 0;
  for (const { prompt, response } of thoughts) {
    const answerAt = response.indexOf(SPECIAL.answer);
    const answer = decode(response.slice(answerAt + 1, -1));
    const last = response.lastIndexOf(SPECIAL.program);
    // The candidate is followed by its first trace without a mark between them.
    const candidate = response.slice(last + 1, last + 1 + encode(answer).length);
    expect(decode(candidate)).toBe(answer);
    const shown = partsAfter(prompt, SPECIAL.output);
    const results = partsAfter(response.slice(last, answerAt), SPECIAL.output).map(
      (text) => text.split(';')[0],
    );
    expect(results.length).toBeGreaterThan(0);
    expect(results).toEqual(shown.slice(0, results.length));
    if (response.indexOf(SPECIAL.program) !== last) severalCandidates++;
  }
  expect(severalCandidates / thoughts.length).toBeGreaterThan(0.15);
});
