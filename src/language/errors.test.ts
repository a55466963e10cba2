import { expect, test } from 'vitest';
import { hasPython, inPython } from '../../test/language/nativePython.ts';
import { Random } from '../random.ts';
import { type ErrorTask, errorTask, NO_ERROR } from './errors.ts';
import { LEVEL_IDS, type LevelId, levelOf } from './level.ts';

function take(count: number, seed: number, level: LevelId = 1): ErrorTask[] {
  const random = new Random(seed);
  const tasks: ErrorTask[] = [];
  for (let i = 0; tasks.length < count; i++) {
    const task = errorTask(random, levelOf(level), 1 + (i % 5));
    if (task) tasks.push(task);
  }
  return tasks;
}

test('every kind of answer occurs, the same for the same seed', () => {
  const answers = take(2000, 1).map(({ output }) => output);
  for (const answer of [NO_ERROR, 'NameError', 'TypeError', 'ZeroDivisionError']) {
    expect(answers.filter((other) => other === answer).length, answer).toBeGreaterThan(20);
  }
  expect(take(50, 2)).toEqual(take(50, 2));
});

test('lists have places beyond their end', () => {
  const answers = take(2000, 1, 2).map(({ output }) => output);
  for (const answer of [NO_ERROR, 'NameError', 'TypeError', 'IndexError']) {
    expect(answers.filter((other) => other === answer).length, answer).toBeGreaterThan(5);
  }
});

test.runIf(hasPython).each(LEVEL_IDS)('CPython raises what a task of level %i says', (level) => {
  const tasks = take(3000, 3, level);
  const script = [
    'import json,sys',
    'out=[]',
    'for c in json.load(sys.stdin):',
    '    ns={}',
    "    exec(c['program'],ns)",
    '    try:',
    "        ns['f'](eval(c['input']))",
    "        out.append('NoError')",
    '    except Exception as e:',
    '        out.append(type(e).__name__)',
    'print(json.dumps(out))',
  ].join('\n');
  const raised = inPython<string[]>(script, tasks);
  for (const [i, task] of tasks.entries()) expect(raised[i], task.program).toBe(task.output);
});
