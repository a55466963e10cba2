/** Lessons say only what is: every scene exists, every link leads somewhere, every number is that of the recording. */
import { describe, expect, test } from 'vitest';
import { shippedRecording } from '../../../test/recordings.ts';
import { validateConfig } from '../../config/hyperparameters.ts';
import { EXPERIMENTS } from '../../experiments/definitions.ts';
import type { Recording } from '../../run/replay/file.ts';
import { Player } from '../../run/replay/player.ts';
import { SHIPPED, type ShippedRecording } from '../../run/replay/shipped.ts';
import { glossary } from '../glossary/glossary.ts';
import { spansOf } from '../glossary/parse.ts';
import * as recorded from './chapters/recorded.ts';
import type { CurveExercise, Exercise, Lesson, LessonPage } from './lesson.ts';
import { exercisesOf, LESSONS, lessonNamed } from './lessons.ts';
import { ticketOf, ticketText } from './ticket.ts';
import { attemptsIn, curveIn, valuesAt } from './truth.ts';

const DEMO = await shippedRecording('demo');
const RECORDINGS = new Map(
  await Promise.all(SHIPPED.map(async (name) => [name, await shippedRecording(name)] as const)),
);
const TASKS = DEMO.events.flatMap((event) => (event.type === 'tasks' ? event.added : []));
const STEPS = DEMO.events.flatMap((event) => (event.type === 'step' ? [event.metrics] : []));
const TERMS = new Set(glossary().sections.flatMap(({ terms }) => terms.map(({ id }) => id)));

const pagesOf = ({ id, pages }: Lesson): [string, LessonPage][] =>
  pages.map((page, at) => [`${id}, page ${at + 1}`, page]);
const PAGES = LESSONS.flatMap(pagesOf);
const EXERCISES = LESSONS.flatMap((lesson) =>
  exercisesOf(lesson).map((exercise): [string, Exercise] => [`${lesson.id}, ${exercise.id}`, exercise]),
);

/** Every text that an object says, however deep, but for code and tasks. */
function textsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string')
    return ['id', 'code', 'type', 'exercise', 'answer'].includes(key) ? [] : [value];
  if (typeof value !== 'object' || value === null || ['task', 'scene', 'truth'].includes(key)) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, Array.isArray(value) ? key : name));
}

const isRight = ({ verdict }: { verdict: string }) => verdict === 'correct';
const rightIn = (step: number, task: string) =>
  attemptsIn(DEMO, { step, task }).slice(0, 8).filter(isRight).length;

describe('every lesson', () => {
  test('has a name of its own, a goal, a time and a question at its end', () => {
    expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(LESSONS.length);
    for (const lesson of LESSONS) {
      expect(lesson.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(lessonNamed(lesson.id)).toBe(lesson);
      expect(lesson.pages.length, lesson.id).toBeGreaterThan(1);
      expect(lesson.minutes).toBeGreaterThan(0);
      expect(lesson.pages.at(-1)?.exercise?.type, lesson.id).toBe('open');
      const times = lesson.teacher.timing.map(({ from }) => from);
      expect(times, lesson.id).toEqual([...times].sort((a, b) => a - b));
      expect(Math.max(...times), lesson.id).toBeLessThan(lesson.minutes);
      const ids = exercisesOf(lesson).map(({ id }) => id);
      expect(new Set(ids).size, lesson.id).toBe(ids.length);
      expect(lesson.teacher.answers.filter(({ exercise }) => !ids.includes(exercise))).toEqual([]);
    }
  });

  test.each(LESSONS.map((lesson): [string, Lesson] => [lesson.id, lesson]))(
    'links only to terms of the glossary, and can be said in any language: %s',
    (_, lesson) => {
      for (const text of textsIn(lesson)) {
        const links = spansOf(text).flatMap((span) => (span.type === 'link' ? [span.to] : []));
        expect(
          links.filter((to) => !TERMS.has(to)),
          text,
        ).toEqual([]);
        // Braces are places of values.
        expect(text).not.toMatch(/[{}]/);
      }
    },
  );

  test.each(PAGES)('shows what there is: %s', (_, { scene = {} }) => {
    const { recording, experiment, next, task, view } = scene;
    if (recording) {
      const shown = recordingOf(recording.name);
      const player = new Player(shown, recording.name, { show: () => {}, showMore: () => {} });
      player.seek(recording.step);
      const end = player.state.getState().step;
      expect(end).toBe(recording.step);
      if (recording.stage) {
        expect(stagesOfStep(shown, recording.step + 1)).toContain(recording.stage);
      }
    }
    if (experiment !== undefined) {
      expect(view).toBe('experiments');
      expect(EXPERIMENTS.map(({ name }) => name)).toContain(experiment);
    }
    if (task !== undefined) expect(TASKS.map(({ id }) => id)).toContain(task);
    if (next?.changes) expect(validateConfig({ ...next.changes }).problems).toEqual([]);
  });
});

describe('every exercise', () => {
  test.each(EXERCISES)('can be done: %s', (_, exercise) => {
    switch (exercise.type) {
      case 'choice': {
        const right = exercise.options.filter((option) => option.isRight);
        expect(right.length).toBeGreaterThan(0);
        expect(right.length).toBeLessThan(exercise.options.length);
        expect(new Set(exercise.options.map(({ text }) => text)).size).toBe(exercise.options.length);
        break;
      }
      case 'count':
        if (!('given' in exercise.truth)) {
          const { truth } = exercise;
          expect(attemptsIn(recordingOf(truth.recording), truth)).toHaveLength(exercise.of);
        }
        break;
      case 'curve':
        expect(truthOf(exercise).filter((value) => value === null)).toEqual([]);
        break;
      default:
        break;
    }
  });
});

function recordingOf(name: ShippedRecording): Recording {
  const found = RECORDINGS.get(name);
  if (!found) throw new Error(`There is no recording ${name}.`);
  return found;
}

function stagesOfStep({ events }: Recording, step: number): string[] {
  return events.flatMap((event) => (event.type === 'stage' && event.step === step ? [event.stage] : []));
}

/** Experiments are read in the browser only: theirs are seen in e2e/lessons.spec.ts. */
function truthOf({ truth, at }: CurveExercise): (number | null)[] {
  if (truth.from === 'experiment') return [];
  if (truth.from === 'given') return [...truth.values];
  return valuesAt(curveIn(recordingOf(truth.name), truth), at);
}

describe('what lessons say of the recording is so', () => {
  test('its tasks, and how many of eight were right', () => {
    for (const { id, step, task } of Object.values(recorded)) {
      expect(TASKS.find((each) => each.id === id)).toMatchObject(task);
      expect(attemptsIn(DEMO, { step, task: id }), id).toHaveLength(8);
    }
    const { DOUBLE, ABSOLUTE, MINUS_TWO, FOLLOWED, TOO_EASY, TOO_HARD } = recorded;
    const rights = [DOUBLE, ABSOLUTE, MINUS_TWO, FOLLOWED, TOO_EASY, TOO_HARD].map(({ step, id }) =>
      rightIn(step, id),
    );
    expect(rights).toEqual([4, 7, 2, 4, 8, 0]);
    // Exactly the tries that think are right.
    for (const { step, id } of [DOUBLE, FOLLOWED]) {
      for (const attempt of attemptsIn(DEMO, { step, task: id })) {
        expect(attempt.thinks).toBe(isRight(attempt));
      }
    }
    for (const { step, id } of [TOO_EASY, TOO_HARD]) {
      expect(attemptsIn(DEMO, { step, task: id }).map(({ advantage }) => advantage)).toEqual(
        Array(8).fill(0),
      );
    }
    expect(attemptsIn(DEMO, { step: 1, task: TOO_HARD.id }).filter(({ thinks }) => thinks)).toHaveLength(2);
    const solved = (program: string, input: string) => {
      const task = TASKS.find(
        (each) => each.kind === 'deduction' && each.program === program && each.input === input,
      );
      return rightIn(1, task?.id ?? '');
    };
    expect(solved('def f(x):\n    return x % 8', '0')).toBe(7);
    expect(solved('def f(x):\n    y = 7 - x * x\n    return y * y, y', '1')).toBe(2);
    expect(solved('def f(x):\n    x = x + 4\n    return abs(x), x + x', '-3')).toBe(5);
  });

  test('the loop follows that task in its step, which made 28 tasks of 48 proposals', () => {
    const { step, task } = recorded.FOLLOWED;
    const followed = DEMO.events.filter(
      (event) => event.type === 'stage' && event.step === step && event.stage === 'update',
    );
    expect(followed.at(-1)).toMatchObject({
      currentTask: { program: task.program, solveRate: 0.5, proposerReward: 0.5 },
    });
    expect(STEPS[step - 1]).toMatchObject({ step, proposals: 48, newTasks: 28 });
    expect(STEPS.every(({ proposals }) => proposals === 48)).toBe(true);
  });

  test('how often it thinks, and what that comes to', () => {
    const first = DEMO.events
      .flatMap((event) => (event.type === 'attempts' ? event.attempts : []))
      .filter(({ step, taskId }) => step === 1 && taskId.startsWith('d'));
    const thinking = first.filter(({ thinks }) => thinks);
    const atOnce = first.filter(({ thinks }) => !thinks);
    expect([first.length, thinking.length, thinking.filter(isRight).length]).toEqual([168, 79, 74]);
    expect([atOnce.length, atOnce.filter(isRight).length]).toEqual([89, 10]);
    const named = (id: string) =>
      EXERCISES.map(([, exercise]) => exercise).find((each) => each.id === id) as CurveExercise;
    const shares = truthOf(named('think-share')).map((share) => Math.round((share ?? 0) * 100));
    expect([shares[0], shares.at(-1)]).toEqual([47, 73]);
    const scores = truthOf(named('held-out')).map((share) => Math.round((share ?? 0) * 100));
    expect(scores).toEqual([10, 92, 92, 91]);
    const base = DEMO.events.find((event) => event.type === 'base');
    const forced = [2, 3, 4].map((tier) => base?.forced.deduction?.[tier] ?? 0);
    expect(forced.reduce((sum, each) => sum + each) / 3).toBeCloseTo(0.925);
    expect(STEPS.at(-1)?.step).toBe(24);
    expect(Math.round((STEPS.at(-1)?.seconds ?? 0) / 30) / 2).toBe(5.5);
  });
});

test('an exit ticket has every question, what was answered and whether it was right', () => {
  const lesson = lessonNamed('task') as Lesson;
  const lines = ticketOf(lesson, {
    division: { type: 'choice', chosen: [1] },
    'find-output': { type: 'solve', answer: '(12, 6)', outcome: 'wrong' },
    'eight-tries': { type: 'count', guess: 6, truth: 4 },
    exit: { type: 'open', text: ' Python. ' },
    // As somebody may have stored it who was here before.
    'find-input': { type: 'open', text: 'no such answer' },
  });
  expect(lines.map(({ answer }) => answer)).toEqual([
    '3 and 1 (right)',
    '(12, 6) (not right)',
    '6; it was 4',
    '(no answer)',
    '(no answer)',
    'Python.',
  ]);
  expect(ticketText(lesson, undefined, new Date('2026-01-02'))).toMatch(
    /^Kelvin · What is a task\?\n2 Jan 2026\n\n1\. First, two signs that every task uses\. What are 7 \/\/ 2/,
  );
});
