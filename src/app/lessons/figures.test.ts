/** Chapters 5 to 8 say only what the recordings and the shipped experiments show. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shippedRecording } from '../../../test/recordings.ts';
import type { Cause } from '../../benchmark/errors.ts';
import { SHIPPED, type ShippedRecording } from '../../run/replay/shipped.ts';
import type { TaskKind } from '../../tasks/task.ts';
import { CLIMBING } from './chapters/climbing.ts';
import { HONEST } from './chapters/honest.ts';
import { SABOTAGE } from './chapters/sabotage.ts';
import { STUDENT } from './chapters/student.ts';
import type { CurveExercise, Lesson } from './lesson.ts';
import { attemptsIn, curveIn, valuesAt } from './truth.ts';

const RECORDINGS = new Map(
  await Promise.all(SHIPPED.map(async (name) => [name, await shippedRecording(name)] as const)),
);
const eventsOf = (name: ShippedRecording) => RECORDINGS.get(name)?.events ?? [];
const stepsOf = (name: ShippedRecording) =>
  eventsOf(name).flatMap((event) => (event.type === 'step' ? [event.metrics] : []));
const hundredths = (values: readonly (number | null)[]) =>
  values.map((value) => Math.round((value ?? Number.NaN) * 100 + 1e-6) / 100);

/** The true values of a curve, as they are drawn. */
function curve(lesson: Lesson, id: string): number[] {
  const exercise = lesson.pages.map((page) => page.exercise).find((each) => each?.id === id) as CurveExercise;
  const { truth, at } = exercise;
  if (truth.from === 'given') return [...truth.values];
  if (truth.from === 'experiment') throw new Error('Experiments are read in the browser.');
  return hundredths(valuesAt(curveIn(RECORDINGS.get(truth.name)!, truth), at));
}
const base = (name: ShippedRecording) => eventsOf(name).find((event) => event.type === 'base')!;
const findings = (name: ShippedRecording) =>
  stepsOf(name).flatMap(({ detections = [] }) => detections.map((each) => `${each.name} ${each.step}`));

describe('sabotage', () => {
  test('which detector fires, and when', () => {
    expect(findings('equal-rewards')).toEqual(['zero-std groups 5']);
    expect(findings('five-times')).toEqual(['vanishing thoughts 15']);
    expect(findings('twenty-times')).toEqual(['entropy rise 10', 'vanishing thoughts 12']);
    expect(findings('no-kl')).toEqual([
      'validity crash 9',
      'length explosion 10',
      'entropy rise 11',
      'vanishing thoughts 11',
      'zero-std groups 16',
    ]);
    expect(findings('demo')).toEqual([]);
  });

  test('the curves that are dragged, and what is said beside them', () => {
    expect(curve(SABOTAGE, 'equal')).toEqual([0.08, 0.08, 0.08]);
    expect(curve(SABOTAGE, 'five-thinking')).toEqual([0.47, 0.86, 0.94, 0.97, 0.95]);
    expect(curve(SABOTAGE, 'five-long')).toEqual([0, 0.48, 0.48, 0.5]);
    expect(curve(SABOTAGE, 'no-leash')).toEqual([0.6, 0.3, 0.13, 0, 0]);
    const thinks = (name: ShippedRecording, step: number) =>
      hundredths([stepsOf(name)[step - 1]?.thinkShare.deduction ?? null])[0];
    expect([thinks('demo', 9), thinks('demo', 24), thinks('five-times', 8)]).toEqual([0.57, 0.73, 0.92]);
    const demo = curveIn(RECORDINGS.get('demo')!, {
      from: 'held-out',
      name: 'demo',
      kind: 'deduction',
      tiers: [5],
    });
    expect(hundredths(valuesAt(demo, [10]))).toEqual([0.68]);
    expect(hundredths([base('five-times').forced.deduction?.[5] ?? null])).toEqual([0.73]);
    expect(
      stepsOf('no-kl')
        .slice(9)
        .every(({ validRate }) => validRate === 0),
    ).toBe(true);
    const leash = stepsOf('twenty-times');
    expect([14, 15].map((step) => leash[step - 1]?.solveRate.deduction)).toEqual([0, 0]);
    expect(hundredths([leash.at(-1)?.validRate ?? null])).toEqual([0.64]);
    expect(leash[0]?.validRate).toBe(stepsOf('no-kl')[0]?.validRate);
  });
});

describe('climbing', () => {
  test('the base by length, and the first rung', () => {
    const scores = base('climb-short').scores.deduction ?? {};
    expect([1, 2, 3, 5, 6, 8].map((tier) => scores[tier])).toEqual([0.98, 0.96, 0.9, 0.38, 0.23, 0.01]);
    expect(base('climb-short').forced.deduction).toEqual(scores);
    expect(curve(CLIMBING, 'first-rung')).toEqual([0.71, 0.75, 0.76, 0.77]);
    const errors = stepsOf('climb-short')[9]?.heldOutErrors;
    const share = (...causes: Cause[]) => causes.reduce((sum, each) => sum + (errors?.[each] ?? 0), 0);
    expect(share('operand', 'line')).toBeGreaterThan(5 * share('arithmetic'));
    expect(share('arithmetic')).toBeGreaterThan(0);
  });
});

describe('honest science', () => {
  test('chance, and random tasks', () => {
    expect(curve(HONEST, 'flat')).toEqual([0.4, 0.4, 0.33, 0.25]);
    expect(curve(HONEST, 'random')).toEqual([0.1, 0.93, 0.92, 0.92]);
  });

  test.each([
    [HONEST, ['main', 'climb', 'climb-parts']],
    [CLIMBING, ['climb']],
  ] as const)('every percentage and every gain is in the report of its experiment', (lesson, reports) => {
    const report = reports
      .map((name) => readFileSync(new URL(`../../../docs/experiments/${name}.md`, import.meta.url), 'utf8'))
      .join('\n');
    const said = JSON.stringify(lesson).matchAll(/(\d+\.\d)(?: ± \d\.\d)?(?: %| to | once)/g);
    for (const [, figure] of said) expect(report).toContain(figure);
    for (const [gain] of JSON.stringify(lesson).matchAll(/\+\d+\.\d/g))
      expect(report).toContain(`| ${gain} ± `);
  });
});

describe('what kind of student', () => {
  const tasks = eventsOf('demo').flatMap((event) => (event.type === 'tasks' ? event.added : []));

  test('its diary: 755 tasks, and how often they divide', () => {
    expect(tasks).toHaveLength(755);
    const share = (from: number, to: number) => {
      const some = tasks.filter(({ kind, step }) => kind !== 'induction' && step >= from && step <= to);
      return some.filter(({ program }) => program.includes('//')).length / some.length;
    };
    expect(hundredths([share(0, 0), share(1, 8), share(9, 16), share(17, 24)])).toEqual(
      curve(STUDENT, 'habit'),
    );
  });

  test('what was refused as empty, and the formula of step 23', () => {
    const refused = eventsOf('demo').flatMap((event) => (event.type === 'rejected' ? [event] : []));
    const count = (reason: string) => refused.filter(({ rejection }) => rejection === reason).length;
    expect([count('constant'), count('guessable')]).toEqual([50, 39]);
    expect(refused.some(({ step, text }) => step === 20 && text.includes('x = (x - x) * x'))).toBe(true);
    const hacks = eventsOf('demo').flatMap((event) => (event.type === 'hacks' ? event.hacks : []));
    expect(hacks.at(-1)).toMatchObject({ step: 23, answer: '(z + x)', input: '-3', reward: -1 });
  });

  test('one try of eight right, by a wrong thought', () => {
    const tries = attemptsIn(RECORDINGS.get('demo')!, { step: 24, task: 'd753' });
    const right = tries.filter(({ verdict }) => verdict === 'correct');
    expect([tries.length, right.length]).toEqual([8, 1]);
    expect(right[0]?.response).toContain('35 // 5 = 8');
  });

  test('how often every try was wrong in the last eight steps', () => {
    const never = (kind: TaskKind) => {
      const groups = new Map<string, boolean[]>();
      for (const event of eventsOf('demo')) {
        if (event.type !== 'attempts') continue;
        for (const { taskId, step, verdict } of event.attempts) {
          if (step < 17 || !taskId.startsWith(kind[0]!)) continue;
          const key = `${taskId} ${step}`;
          groups.set(key, [...(groups.get(key) ?? []), verdict === 'correct']);
        }
      }
      return [[...groups.values()].filter((each) => !each.includes(true)).length, groups.size];
    };
    expect(never('induction')).toEqual([84, 101]);
    expect(never('deduction')).toEqual([14, 163]);
  });
});
