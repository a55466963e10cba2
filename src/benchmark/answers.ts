/** Asks the reasoner, and counts which of its answers are correct: what every score is made of. */
import type { ArithmeticQuestion } from '../language/arithmetic.ts';
import { canonicalText } from '../language/literal.ts';
import type { Reasoner, Rollout, WeightsChoice } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { arithmeticPrompt } from '../tasks/format.ts';
import { judgeAll } from '../tasks/judging.ts';
import type { HeldOutTask, Triplet } from '../tasks/kind.ts';
import type { TaskKind } from '../tasks/task.ts';
import { TOKENS, type Wording } from '../tasks/wording.ts';

export type Response = Pick<Rollout, 'tokens' | 'finished'>;

export type Question = (Triplet & { kind: TaskKind } & Pick<HeldOutTask, 'thought'>) | ArithmeticQuestion;

export interface AskingOptions {
  maxNewTokens: number;
  /** Opens a thought for the reasoner: what elicitation alone gives. Not of a wording in which every prompt does. */
  forceThink?: boolean;
  /** n answers to each question, sampled; absent = one greedy answer. */
  samples?: { n: number; temperature: number; seed: number };
  /** Who answers: the reasoner as it is, or the base that was frozen; the former when absent. */
  weights?: WeightsChoice;
  /** In which it is asked; the page's token layout when absent. */
  wording?: Wording;
  onProgress?: (done: number, total: number) => void;
}

/** What it answered to one question, and how often it was right and thought first. */
export interface Answered {
  correct: number;
  thinks: number;
  /** Every answer, `<think>` included where it was written for the reasoner. */
  responses: readonly (Response & { readonly isCorrect: boolean })[];
}

/** Answers to questions, in order. The same reasoner, questions and options give the same. */
export async function ask(
  reasoner: Reasoner,
  sandbox: Pick<Sandbox, 'run'>,
  questions: readonly Question[],
  { maxNewTokens, forceThink = false, samples, weights, wording = TOKENS, onProgress }: AskingOptions,
): Promise<Answered[]> {
  const n = samples?.n ?? 1;
  const asked = questions.flatMap((question) => Array.from({ length: n }, () => question));
  const opening = forceThink ? (wording.opening ?? []) : [];
  const rollouts = await reasoner.sample(
    asked.map((question) => [...promptOf(question, wording), ...opening]),
    {
      maxNewTokens,
      temperature: samples?.temperature ?? 1,
      greedy: !samples,
      seed: samples?.seed ?? 0,
      weights,
      onProgress,
    },
  );
  const responses = rollouts.map(({ tokens, finished }) => ({ tokens: [...opening, ...tokens], finished }));
  const correct = await judge(asked, responses, sandbox, wording);
  const answers = responses.map((response, i) => ({ ...response, isCorrect: correct[i] as boolean }));
  return questions.map((_, i) => {
    const own = answers.slice(i * n, (i + 1) * n);
    return {
      correct: count(own.map(({ isCorrect }) => isCorrect)),
      thinks: count(own.map(({ tokens }) => wording.isThinking(tokens))),
      responses: own,
    };
  });
}

function promptOf(question: Question, { specs }: Wording): number[] {
  return isTask(question) ? specs[question.kind].solvePrompt(question) : arithmeticPrompt(question.question);
}

async function judge(
  asked: readonly Question[],
  responses: readonly Response[],
  sandbox: Pick<Sandbox, 'run'>,
  wording: Wording,
): Promise<boolean[]> {
  const submissions = asked.flatMap((task, i) =>
    isTask(task) ? [{ task, rollout: responses[i] as Response }] : [],
  );
  const judged = (await judgeAll(submissions, sandbox, wording.specs)).values();
  return asked.map((question, i) =>
    isTask(question)
      ? judged.next().value?.verdict === 'correct'
      : isRight(question, responses[i] as Response, wording),
  );
}

/** An arithmetic answer is right when it is the same literal. */
function isRight({ answer }: ArithmeticQuestion, { tokens, finished }: Response, wording: Wording): boolean {
  const text = finished ? wording.answerText(tokens) : null;
  return text !== null && canonicalText(text) === answer;
}

function isTask(question: Question): question is Triplet & { kind: TaskKind } {
  return 'kind' in question;
}

function count(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}
