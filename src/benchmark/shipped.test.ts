import { expect, test } from 'vitest';
import { type Counted, evaluationOf } from './evaluate.ts';
import {
  type HeldOutRequest,
  readShippedOutcomes,
  shippedEvaluation,
  shippedOutcomes,
  tasksOf,
} from './shipped.ts';

const WHOLE: HeldOutRequest = {
  level: 1,
  inductionExamples: 6,
  maxSolveTokens: 64,
  kinds: ['deduction', 'abduction', 'induction'],
  tiers: 3,
  tasks: 4,
};
const TASKS = tasksOf(WHOLE);
const AT_ONCE: Counted[] = TASKS.map((_, i) => ({ correct: i % 3 === 0 ? 1 : 0, thinks: i % 2 }));
const FORCED: Counted[] = TASKS.map((_, i) => ({ correct: i % 5 === 0 ? 0 : 1, thinks: 1 }));
const right = (answers: Counted[]) => answers.map(({ correct }) => correct > 0);
const FILE = shippedOutcomes('abc', WHOLE, AT_ONCE, FORCED);

test('what was written is read again, and gives the scores that measuring gave', () => {
  const read = readShippedOutcomes(JSON.parse(JSON.stringify(FILE)), 'abc');
  expect(shippedEvaluation(read, WHOLE)).toEqual({
    atOnce: evaluationOf(TASKS, AT_ONCE),
    forced: evaluationOf(TASKS, FORCED),
    isRight: right(AT_ONCE),
    isForcedRight: right(FORCED),
  });
});

test('fewer tasks, tiers and kinds are a part of it', () => {
  const request: HeldOutRequest = { ...WHOLE, kinds: ['induction'], tiers: 2, tasks: 2 };
  const asked = tasksOf(request);
  const places = asked.map((task) => TASKS.indexOf(task));
  expect(places).not.toContain(-1);
  const of = (answers: Counted[]) =>
    evaluationOf(
      asked,
      places.map((i) => answers[i] as Counted),
    );
  expect(shippedEvaluation(FILE, request)).toEqual({
    atOnce: of(AT_ONCE),
    forced: of(FORCED),
    isRight: places.map((i) => right(AT_ONCE)[i]),
    isForcedRight: places.map((i) => right(FORCED)[i]),
  });
});

test.each<Partial<HeldOutRequest>>([
  { level: 2 },
  { inductionExamples: 8 },
  { maxSolveTokens: 65 },
  { tiers: 4 },
  { tasks: 5 },
  { kinds: ['deduction', 'error'] },
])('%o asks for more than is in it', (changes) => {
  expect(shippedEvaluation(FILE, { ...WHOLE, ...changes })).toBeNull();
});

test.each<[string, unknown]>([
  ['nothing', null],
  ['text', 'no'],
  ['other weights', { ...FILE, sha256: 'def' }],
  ['more tasks than it has', { ...FILE, tasks: 5 }],
  ['more tiers than it has', { ...FILE, tiers: 4 }],
  ['no outcomes', { ...FILE, outcomes: undefined }],
])('%s is ignored', (_, json) => {
  expect(readShippedOutcomes(json, 'abc')).toBeNull();
});

test('outcomes of another suite are ignored, and so is a lack of them', () => {
  expect(shippedEvaluation({ ...FILE, suiteSeed: 2 }, WHOLE)).toBeNull();
  expect(shippedEvaluation(null, WHOLE)).toBeNull();
});
