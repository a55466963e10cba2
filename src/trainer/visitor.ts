/** Answers to what a visitor asks beside a run. Nothing here trains, and nothing draws from the run's own streams. */

import type { Traced } from '../benchmark/errors.ts';
import { tasksOf } from '../benchmark/shipped.ts';
import { CONTEXT_LENGTH } from '../config/contextLength.ts';
import type { Config } from '../config/hyperparameters.ts';
import { levelOf } from '../language/level.ts';
import { isEncodable, render } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import type { WeightsChoice } from '../reasoner/reasoner.ts';
import type { Answer, JudgedAnswer, PlayedTask, Question, Tried, Tries, Try } from '../run/visit.ts';
import { TRIES } from '../run/visit.ts';
import { kindsOf, rulesOf } from '../selfplay/context.ts';
import { mean, proposerReward, success } from '../selfplay/rewards.ts';
import { solutionResponse } from '../tasks/format.ts';
import { SPECS } from '../tasks/index.ts';
import { judgeAll } from '../tasks/judging.ts';
import { isThinking } from '../tasks/kind.ts';
import { notValues, readFunction, verifyWriting, type Writing, type Written } from '../tasks/writing.ts';
import { besideTrace } from '../watch/ladder.ts';
import { said } from '../words/said.ts';
import type { Asked, Judge } from './asked.ts';
import { lookInside } from './inside.ts';
import { measurePace } from './pace.ts';

/** Held-out tasks by kind and length: few, so that they are there at once. */
const SUITE_TASKS = 5;

/** Questions that Python answers alone. */
export type LoneQuestion = Extract<Question, { about: 'writing' | 'suite' | 'answer' }>;

/** Questions that need the reasoner. */
export type FreeQuestion = Exclude<Question, LoneQuestion | { about: 'gift' }>;

/** Whether Python answers a question alone. */
export function isLone(question: Question): question is LoneQuestion {
  return question.about === 'writing' || question.about === 'suite' || question.about === 'answer';
}

/** What can be answered beside whatever the reasoner does. */
export async function answerLone(judge: Judge, question: LoneQuestion): Promise<Answer> {
  switch (question.about) {
    case 'writing':
      return judgeWriting(judge, question.writing);
    case 'suite':
      return suiteOf(judge.config);
    case 'answer':
      return judgeAnswer(judge, question.task, question.answer);
  }
}

/** What the reasoner answers, who must be free. */
export function answerFree(asked: Asked, question: FreeQuestion): Promise<Answer> {
  switch (question.about) {
    case 'tries':
      return tryTask(asked, question.task);
    case 'inside':
      return lookInside(asked, question.task, question.tokens);
    case 'pace':
      return measurePace(asked);
  }
}

/** What Python says of a task that somebody wrote, by the rules of the run. */
export function judgeWriting({ sandbox, config }: Judge, writing: Writing): Promise<Written> {
  const reasoner = { config: { contextLength: CONTEXT_LENGTH[config.size] } };
  return verifyWriting(writing, sandbox, rulesOf({ config, reasoner }));
}

/** Held-out tasks of a run to be played with. */
function suiteOf(config: Config): PlayedTask[] {
  const { level, inductionExamples, maxSolveTokens, evaluationTiers: tiers } = config;
  const kinds = kindsOf(config);
  return tasksOf({ level, inductionExamples, maxSolveTokens, kinds, tiers, tasks: SUITE_TASKS }).map(
    ({ kind, program, input, output, examples }) => ({
      kind,
      program,
      input,
      output,
      ...(examples && { examples }),
    }),
  );
}

/** Judges a visitor's answer as an answer of the reasoner's is judged, but for the way in which it is written down. */
async function judgeAnswer({ sandbox }: Judge, task: PlayedTask, answer: string): Promise<JudgedAnswer> {
  const { asks } = SPECS[task.kind];
  let text = answer.trim();
  if (asks === 'program') {
    const read = await readFunction(text, sandbox);
    if (!read.ok) {
      const { line, detail } = read;
      return {
        verdict: 'format',
        detail: line === undefined ? detail : said('Line {line}: {detail}', { line, detail }),
      };
    }
    text = read.program;
  }
  if (!isEncodable(text)) return { verdict: 'format', detail: notValues(text) };
  const rollout = { tokens: solutionResponse(null, text), finished: true };
  const [judged] = await judgeAll([{ task, rollout }], sandbox);
  const { verdict, score, execution } = judged!;
  if (verdict === 'format') return { verdict, detail: notValues(text) };
  const [outcome] = execution?.outcomes ?? [];
  switch (asks) {
    case 'output':
      return { verdict, detail: `Python gives ${task.output}.` };
    case 'input': {
      const { input, output } = task;
      if (outcome?.ok) {
        const values = { call: `f(${text})`, given: outcome.output, output, input };
        return {
          verdict,
          detail:
            verdict === 'correct'
              ? said('{call} gives {given}.', values)
              : said('{call} gives {given}. One input that gives {output} is {input}.', values),
        };
      }
      const detail = said('{call} gives nothing: {why}. One input that gives {output} is {input}.', {
        call: `f(${text})`,
        why: outcome?.detail ?? said('it was not run'),
        output,
        input,
      });
      return { verdict, detail };
    }
    case 'program': {
      const hidden = execution?.inputs.length ?? 0;
      return {
        verdict,
        detail: `It is right on ${Math.round(score * hidden)} of ${hidden} hidden examples.`,
      };
    }
  }
}

/** The same weights, task and seed of the run give the same tries. */
async function tryTask(asked: Asked, task: PlayedTask): Promise<Tries> {
  const { step, config } = asked;
  // Until a step was taken the reasoner is the base, and no copy of that need be there yet.
  const base = await triesOf(asked, task, step === 0 ? 'current' : 'base');
  const now = step === 0 ? null : { ...(await triesOf(asked, task, 'current')), step };
  return { base, now, proposerReward: proposerReward((now ?? base).solveRate, config) };
}

async function triesOf(
  { reasoner, sandbox, config }: Asked,
  task: PlayedTask,
  weights: WeightsChoice,
): Promise<Tried> {
  const prompt = SPECS[task.kind].solvePrompt(task);
  const named = new Random(config.seed).fork('visitor', task.kind, task.program, task.input);
  const rollouts = await reasoner.sample(
    Array.from({ length: TRIES }, () => prompt),
    { maxNewTokens: config.maxSolveTokens, temperature: 1, seed: named.uint32(), weights },
  );
  const judged = await judgeAll(
    rollouts.map((rollout) => ({ task, rollout })),
    sandbox,
  );
  const traced = traceOf(task, config);
  const tries = rollouts.map(({ tokens, finished }, i): Try => {
    const { verdict } = judged[i]!;
    const response = { tokens, finished, isCorrect: verdict === 'correct' };
    return {
      response: render(tokens),
      tokens,
      verdict,
      thinks: isThinking(tokens),
      traced: traced && besideTrace(response, traced),
    };
  });
  return { tries, solveRate: mean(judged.map(success)) };
}

/** The interpreter's own thought, where the output is asked for and the program is of the level. */
function traceOf(task: PlayedTask, { level }: Config): Traced | null {
  if (SPECS[task.kind].asks !== 'output') return null;
  const traced = levelOf(level).traceOf?.(task.program, task.input);
  return traced?.output === task.output ? traced : null;
}
