/** Self-play in text: asked, read, judged, rewarded and learned from, by the page's own loop and real Pyodide. */
import { expect, test } from 'vitest';
import { createNodeSandbox } from '../../../src/sandbox/node.ts';
import { rulesOf } from '../../../src/selfplay/context.ts';
import type { LoopEvent } from '../../../src/selfplay/events.ts';
import { play } from '../../../src/selfplay/play.ts';
import { judgeAll } from '../../../src/tasks/judging.ts';
import type { Task, TaskKind } from '../../../src/tasks/task.ts';
import { prepareProposal, verifyAll } from '../../../src/tasks/verification.ts';
import type { WatchEvent } from '../../../src/watch/events.ts';
import { Watch } from '../../../src/watch/watch.ts';
import { byteTokenizer, EOS, EOS_TEXT } from '../../../test/engine/byteTokenizer.ts';
import { outputOf, programOf, TextReasoner } from '../../../test/engine/textReasoner.ts';
import { openRuns, SMALL } from '../../../test/selfplay/scriptedRun.ts';
import { answerWith } from './prompts.ts';
import { checkTokenizer, probeTexts } from './tokenizer.ts';
import { textWording } from './wording.ts';

const { sandbox } = openRuns(createNodeSandbox);
const tokenizer = byteTokenizer();
const wording = textWording(tokenizer, SMALL.inductionExamples);
const { specs } = wording;
const written = (text: string) => [...tokenizer.encode(text), EOS];
const promptText = (tokens: readonly number[]) => tokenizer.decode(tokens);

const PROGRAM = programOf(150);
const EXAMPLES = Array.from({ length: 6 }, (_, i) => ({
  input: String(i + 4),
  output: outputOf(150, i + 4),
}));
const TASK = { program: PROGRAM, input: '9', output: outputOf(150, 9), examples: EXAMPLES };

test('prompts begin a conversation that thinks, and hold what the kind shows', () => {
  for (const kind of ['deduction', 'abduction', 'induction', 'error'] as const) {
    const text = promptText(specs[kind].solvePrompt(TASK));
    expect(text).toMatch(/^A conversation between User and Assistant\..*\nAssistant: <think>$/s);
    expect(text.includes(PROGRAM)).toBe(kind !== 'induction');
    expect(text.includes(TASK.output)).toBe(kind === 'abduction');
  }
  const induction = promptText(specs.induction.solvePrompt(TASK));
  expect(induction).toContain(`\`\`\`input_2\n6\n\`\`\`\n\`\`\`output_2\n${outputOf(150, 6)}\n\`\`\``);
  expect(induction, 'the second half is hidden').not.toContain(outputOf(150, 9));
  const proposal = promptText(specs.abduction.proposePrompt([TASK, TASK]));
  expect(proposal).toContain(
    `<snippet_1>\n\`\`\`python\n${PROGRAM}\n\`\`\`\n\`\`\`input\n9\n\`\`\`\n\`\`\`output\n${TASK.output}\n\`\`\`\n</snippet_1>`,
  );
  expect(promptText(specs.induction.proposePrompt([TASK]))).toContain(`${PROGRAM}\n`);
});

test.each<[string, TaskKind, string, string, number]>([
  ['right', 'deduction', answerWith('output', TASK.output), 'correct', 1],
  [
    'right in other quotes',
    'deduction',
    answerWith('output', TASK.output.replaceAll("'", '"')),
    'correct',
    1,
  ],
  ['wrong', 'deduction', answerWith('output', '0'), 'wrong', 0],
  ['computed', 'deduction', answerWith('output', '4 + 4'), 'format', 0],
  [
    'the last block',
    'deduction',
    ` </think> <answer>\`\`\`output\n0\n\`\`\`${answerWith('output', TASK.output).slice(19)}`,
    'correct',
    1,
  ],
  ['no answer', 'deduction', 'It is nine.', 'format', 0],
  ['another input that fits', 'abduction', answerWith('input', '8'), 'correct', 1],
  ['an input that does not fit', 'abduction', answerWith('input', '2'), 'wrong', 0],
  ['right', 'abduction', answerWith('input', '9'), 'correct', 1],
  ['a call', 'abduction', answerWith('input', 'f(9)'), 'format', 0],
  ['right', 'induction', answerWith('python', PROGRAM.replace('def f', 'def solve')), 'correct', 1],
  [
    'right but once',
    'induction',
    answerWith('python', PROGRAM.replace("'né' +", "('ne' if n == 8 else 'né') +")),
    'wrong',
    2 / 3,
  ],
  ['an import', 'induction', answerWith('python', 'import os\ndef f(n):\n    return n'), 'format', 0],
  ['no program', 'induction', answerWith('output', '5'), 'format', 0],
])('an answer that is %s in %s', async (_, kind, text, verdict, score) => {
  const rollout = { tokens: written(text), finished: true };
  const [judged] = await judgeAll([{ task: { ...TASK, kind }, rollout }], sandbox(), specs);
  expect(judged).toMatchObject({ verdict, score });
  if (judged?.solution) expect(judged.solution.thinks).toBe(false);
});

test('a thought is what stands before its end', () => {
  expect(wording.isThinking(written(answerWith('output', '1')))).toBe(false);
  expect(wording.isThinking(written(`\n\n${answerWith('output', '1')}`))).toBe(false);
  expect(wording.isThinking(written(`so${answerWith('output', '1')}`))).toBe(true);
});

const proposed = (program: string, input: string) =>
  ` </think> <answer>\n\`\`\`python\n${program}\n\`\`\`\n\`\`\`input\n${input}\n\`\`\`\n</answer>`;

test.each<[string, string, string | null]>([
  ['is more than a level has', proposed(PROGRAM, '9'), null],
  ['is a function of another name', proposed(PROGRAM.replace('def f', 'def g'), '9'), null],
  ['is two functions', proposed(`def g(x):\n    return x\n${PROGRAM}`, '9'), 'syntax'],
  ['imports', proposed('def f(n):\n    import random\n    return random.random() * n', '9'), 'forbidden'],
  ['returns its input', proposed('def f(n):\n    return n', '9'), 'identity'],
  ['is endless', proposed('def f(n):\n    while True:\n        n += 1\n    return n', '9'), 'budget'],
  ['has a call for an input', proposed(PROGRAM, 'len("abc")'), 'format'],
  ['has no layout', `\`\`\`python\n${PROGRAM}\n\`\`\``, 'format'],
])('a proposal that %s', async (_, text, rejection) => {
  const rules = rulesOf({ config: SMALL, reasoner: { config: { contextLength: 8192 } }, wording });
  const spec = specs.deduction;
  const parsed = spec.parseProposal(written(text), []);
  const proposal = prepareProposal(spec, { finished: true, parsed }, rules);
  const [verified] = await verifyAll([{ spec, references: [], proposal }], sandbox(), rules);
  const verdict = verified!.verdict;
  expect(verdict.ok ? null : verdict.rejection).toBe(rejection);
});

test('a program that spells a mark of the model is none', () => {
  const halves = proposed("def f(n):\n    return '<|endof\u0000text|>' * n", '9').split('\u0000');
  const tokens = [...halves.flatMap((half) => tokenizer.encode(half)), EOS];
  expect(tokenizer.decode(tokens)).toContain(EOS_TEXT);
  expect(specs.deduction.parseProposal(tokens, [])).toBeNull();
});

test('a whole run: tasks beyond every level, rewards of the paper, something to learn', async () => {
  const config = { ...SMALL, steps: 2, maxProposeTokens: 1024, maxSolveTokens: 1024, passK: 0 };
  const reasoner = new TextReasoner(tokenizer);
  const watch = new Watch(config, wording);
  const [heard, shown]: [LoopEvent[], WatchEvent[]] = [[], []];
  const listener = (event: LoopEvent) => {
    heard.push(event);
    shown.push(...watch.hear(event));
  };
  const metrics = [];
  for await (const record of play({ reasoner, sandbox: sandbox(), config, listener, wording })) {
    metrics.push(watch.measure(record));
  }
  const last = metrics.at(-1)!;
  // Nobody is forced to think, and no thought is laid beside the interpreter's.
  expect(heard.find((event) => event.type === 'base')).toMatchObject({ forced: {} });
  expect(last).toMatchObject({ baseForced: {}, base: { deduction: expect.anything() } });
  expect(last).not.toHaveProperty('heldOutErrors');
  expect(last).not.toHaveProperty('trialAndError');
  expect(last.validRate).toBeGreaterThan(0.5);
  expect(last.rejections.format).toBeGreaterThan(0);
  for (const kind of ['deduction', 'abduction', 'induction'] as const) {
    expect(last.solveRate[kind]).toBeGreaterThan(0);
    expect(last.thinkShare[kind]).toBeGreaterThan(0);
    expect(last.thinkShare[kind]).toBeLessThan(1);
  }
  const tasks = heard.flatMap((event) => (event.type === 'tasks' ? event.added : ([] as Task[])));
  expect(tasks.filter(({ output }) => output.startsWith("'né")).length).toBeGreaterThan(20);
  const attempts = shown.flatMap((event) => (event.type === 'attempts' ? event.attempts : []));
  expect(new Set(attempts.map(({ reward }) => reward))).toEqual(new Set([1, -0.5, -1]));
  expect(attempts.every(({ response }) => response.startsWith('<think>'))).toBe(true);
  expect(shown.some((event) => event.type === 'hacks' && event.hacks[0]?.hack === 'expression')).toBe(true);
  const learned = reasoner.updates.flatMap(({ sequences }) => sequences);
  expect(learned.some(({ weight }) => Number(weight) > 0)).toBe(true);
  expect(promptText(learned[0]!.prompt)).toMatch(/<think>$/);
});

test('a tokenizer that is read otherwise than in Python is refused', () => {
  const probes = probeTexts([PROGRAM]).map((text) => ({
    text,
    tokens: tokenizer.prompt(text),
    decoded: text,
  }));
  checkTokenizer(tokenizer, probes);
  const [first, ...rest] = probes as [(typeof probes)[number]];
  const other = { ...first, tokens: [...first.tokens, 1] };
  expect(() => checkTokenizer(tokenizer, [...rest, other])).toThrow(
    'is read otherwise in Node than in Python',
  );
  expect(wording.isEncodable(`a ${EOS_TEXT}`)).toBe(false);
});
