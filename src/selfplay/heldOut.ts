/** EVALUATE: held-out measurements of a run. The base once, beside the training, and the reasoner as it learns. */
import { type Answered, ask } from '../benchmark/answers.ts';
import { type Evaluation, evaluate } from '../benchmark/evaluate.ts';
import { exampleTasks } from '../benchmark/examples.ts';
import { fewTasks } from '../benchmark/few.ts';
import {
  type BaseEvaluation,
  baseEvaluationOf,
  type HeldOutRequest,
  type ShippedOutcomes,
  shippedEvaluation,
  tasksOf,
} from '../benchmark/shipped.ts';
import type { BenchmarkTask } from '../benchmark/suites.ts';
import type { Context } from './context.ts';
import type { HeldOutExample, HeldOutScores, QuickScores } from './records.ts';
import type { HeldOutState } from './savedRun.ts';
import { baseSliceOf, quickTasksOf } from './schedule.ts';

/** Tasks by tier and kind that are sampled for pass@k: fewer than for greedy accuracy, because each costs k samples. */
const PASS_K_TASKS = 10;

export class HeldOut {
  private readonly tasks: readonly BenchmarkTask[];
  private base: BaseEvaluation | null = null;
  /** Answers of the frozen base so far, in the order of the tasks. */
  private readonly answers: { atOnce: Answered[]; forced: Answered[] } = { atOnce: [], forced: [] };

  /** Answers of the base, forced to think, that an example needed before they were measured, by position of the task. */
  private readonly askedAhead = new Map<number, Answered>();

  /** Positions of the tasks that a quick evaluation asks: chosen once, so that its points can be compared. */
  private few: readonly number[] = [];

  /** How the base is asked: where every prompt makes it think, it cannot be forced to. */
  private readonly ways: readonly ('atOnce' | 'forced')[];

  constructor(private readonly context: Context) {
    this.tasks = this.tasksOf(context.config.evaluationTasks);
    this.ways = context.wording.opening ? ['atOnce', 'forced'] : ['atOnce'];
  }

  /** Takes the base's scores from what is shipped with it. False where that does not say them. */
  adopt(shipped: ShippedOutcomes | null): boolean {
    this.knowBase(shippedEvaluation(shipped, this.request(this.context.config.evaluationTasks)));
    return this.base !== null;
  }

  state(): HeldOutState {
    const { base, answers, askedAhead, few } = this;
    return structuredClone({ base, answers, askedAhead: [...askedAhead], few });
  }

  /** Knows what {@link state} gave. */
  restore(state: HeldOutState): void {
    const { base, answers, askedAhead, few = [] } = structuredClone(state);
    this.base = base;
    this.few = few;
    for (const way of ['atOnce', 'forced'] as const) {
      this.answers[way].splice(0, this.answers[way].length, ...answers[way]);
    }
    this.askedAhead.clear();
    for (const [task, answer] of askedAhead) this.askedAhead.set(task, answer);
  }

  /** True when nothing of the frozen base is left to be measured here. */
  get isBaseMeasured(): boolean {
    const { atOnce, forced } = this.answers;
    return atOnce.length + forced.length >= this.ways.length * this.tasks.length;
  }

  /** True when the base was measured or shipped. */
  get isBaseKnown(): boolean {
    return this.base !== null;
  }

  /** The base as it was measured or shipped. Throws before either. */
  get ofBase(): BaseEvaluation {
    if (!this.base) throw new Error('The base must be measured before the reasoner.');
    return this.base;
  }

  /** Measures what is left of the frozen base. */
  async measureBase(): Promise<void> {
    await this.measureMore(this.ways.length * this.tasks.length, this.progress);
  }

  /** Measures so much of the frozen base as is due after `step`. */
  async measureSlice(step: number): Promise<void> {
    await this.measureMore(baseSliceOf(step, this.context.config, this.context.kinds.length));
  }

  /** Measures the reasoner as it is after `step`. Throws when nothing is known of the base. */
  async measure(step: number): Promise<HeldOutScores> {
    const base = this.ofBase;
    const { reasoner, sandbox, config, wording } = this.context;
    const { scores, thinks, answered } = await this.greedy(this.tasks);
    const k = config.passK;
    const sampled =
      k > 0
        ? await evaluate(reasoner, sandbox, this.tasksOf(Math.min(PASS_K_TASKS, config.evaluationTasks)), {
            wording,
            maxNewTokens: config.maxSolveTokens,
            samples: { k, n: k, temperature: config.temperature, seed: step },
            onProgress: this.progress,
          })
        : null;
    return {
      scores,
      thinks,
      base: base.atOnce.scores,
      baseForced: base.forced.scores,
      passK: sampled && { k, scores: sampled.scores },
      tasks: this.tasks,
      answered,
      examples: await this.examples(answered),
    };
  }

  /**
   * Asks the reasoner a few of the tasks, on which the base does as on all of them. Null where none were chosen: in a run
   * that was kept before there were any.
   */
  async measureFew(): Promise<QuickScores | null> {
    if (this.few.length === 0) return null;
    const { scores, thinks } = await this.greedy(this.few.map((at) => this.tasks[at] as BenchmarkTask));
    return { tasks: quickTasksOf(this.context.config), scores, thinks };
  }

  /** Asks the base the next `count` questions: all tasks as it likes, then all of them forced to think. */
  private async measureMore(
    count: number,
    onProgress?: (done: number, total: number) => void,
  ): Promise<void> {
    const { reasoner, sandbox, config, wording } = this.context;
    const maxNewTokens = config.maxSolveTokens;
    let left = count;
    for (const way of this.ways) {
      const answers = this.answers[way];
      const tasks = this.tasks.slice(answers.length, answers.length + left);
      if (tasks.length === 0) continue;
      left -= tasks.length;
      const forceThink = way === 'forced';
      const options = { maxNewTokens, forceThink, weights: 'base', wording, onProgress } as const;
      answers.push(...(await ask(reasoner, sandbox, tasks, options)));
    }
    if (!this.isBaseMeasured) return;
    const { atOnce, forced } = this.answers;
    this.knowBase(baseEvaluationOf(this.tasks, atOnce, this.ways.includes('forced') ? forced : null));
  }

  private knowBase(base: BaseEvaluation | null): void {
    this.base = base;
    if (base && this.few.length === 0) {
      this.few = fewTasks(this.tasks, base, quickTasksOf(this.context.config));
    }
  }

  /**
   * One task a tier beside what the base, forced to think, answers; it is asked what is not measured yet. `answered` is
   * by the reasoner, nothing where that was not asked. Throws when nothing is known of the base.
   */
  async examples(answered: readonly Answered[] = []): Promise<HeldOutExample[]> {
    const { reasoner, sandbox, config } = this.context;
    const chosen = exampleTasks(this.tasks, answered, this.ofBase.isForcedRight);
    const missing = chosen.filter((at) => !this.forcedAnswerTo(at));
    if (missing.length > 0) {
      const tasks = missing.map((at) => this.tasks[at] as BenchmarkTask);
      const options = { maxNewTokens: config.maxSolveTokens, forceThink: true, weights: 'base' } as const;
      const answers = await ask(reasoner, sandbox, tasks, options);
      missing.forEach((at, i) => {
        this.askedAhead.set(at, answers[i] as Answered);
      });
    }
    return chosen.map((at) => ({
      task: this.tasks[at] as BenchmarkTask,
      now: answered[at] ?? null,
      base: this.forcedAnswerTo(at) as Answered,
    }));
  }

  private forcedAnswerTo(at: number): Answered | undefined {
    return this.answers.forced[at] ?? this.askedAhead.get(at);
  }

  private greedy(tasks: readonly BenchmarkTask[]): Promise<Evaluation> {
    const { reasoner, sandbox, config, wording } = this.context;
    return evaluate(reasoner, sandbox, tasks, {
      wording,
      maxNewTokens: config.maxSolveTokens,
      onProgress: this.progress,
    });
  }

  private readonly progress = (done: number, total: number): void => {
    void this.context.emit({ type: 'progress', what: 'evaluation', done, total });
  };

  /** Without the interpreter's thoughts where the reasoner's are no such ones. */
  private tasksOf(count: number): BenchmarkTask[] {
    const tasks = tasksOf(this.request(count));
    return this.context.wording.isOfLevel ? tasks : tasks.map(({ thought: _, ...task }) => task);
  }

  private request(tasks: number): HeldOutRequest {
    const { config, kinds } = this.context;
    const { level, inductionExamples, maxSolveTokens, evaluationTiers: tiers } = config;
    return { level, inductionExamples, maxSolveTokens, kinds, tiers, tasks };
  }
}
