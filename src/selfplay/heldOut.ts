/** EVALUATE: held-out measurements of a run. The base is measured once, then the reasoner as it learns. */
import { type Evaluation, evaluate } from '../benchmark/evaluate.ts';
import { type BenchmarkTask, buildSuite } from '../benchmark/suites.ts';
import type { Context } from './context.ts';
import type { HeldOutScores } from './records.ts';

/** The suites' own seed: every run, whatever its seed, is measured on the same tasks. */
const SUITE_SEED = 1;

/** Tasks by tier and kind that are sampled for pass@k: fewer than for greedy accuracy, because each costs k samples. */
const PASS_K_TASKS = 10;

export class HeldOut {
  private readonly tasks: BenchmarkTask[];
  private base: { atOnce: Evaluation; forced: Evaluation } | null = null;

  constructor(private readonly context: Context) {
    this.tasks = this.build(context.config.evaluationTasks);
  }

  /** Measures the frozen base. */
  async measureBase(): Promise<{ atOnce: Evaluation; forced: Evaluation }> {
    const atOnce = await this.greedy(false);
    const forced = await this.greedy(true);
    this.base = { atOnce, forced };
    return this.base;
  }

  /** Measures the reasoner as it is after `step`. Throws when the base was not measured before. */
  async measure(step: number): Promise<HeldOutScores> {
    if (!this.base) throw new Error('The base must be measured before the reasoner.');
    const { reasoner, sandbox, config } = this.context;
    const { scores, thinks, answered } = await this.greedy(false);
    const k = config.passK;
    const sampled =
      k > 0
        ? await evaluate(reasoner, sandbox, this.build(Math.min(PASS_K_TASKS, config.evaluationTasks)), {
            maxNewTokens: config.maxSolveTokens,
            samples: { k, n: k, temperature: config.temperature, seed: step },
            onProgress: this.progress,
          })
        : null;
    return {
      scores,
      thinks,
      base: this.base.atOnce.scores,
      baseForced: this.base.forced.scores,
      passK: sampled && { k, scores: sampled.scores },
      tasks: this.tasks,
      answered,
      baseForcedAnswered: this.base.forced.answered,
    };
  }

  private greedy(forceThink: boolean): Promise<Evaluation> {
    const { reasoner, sandbox, config } = this.context;
    const maxNewTokens = config.maxSolveTokens;
    return evaluate(reasoner, sandbox, this.tasks, { maxNewTokens, forceThink, onProgress: this.progress });
  }

  private readonly progress = (done: number, total: number): void => {
    void this.context.emit({ type: 'progress', what: 'evaluation', done, total });
  };

  private build(count: number): BenchmarkTask[] {
    const { level, evaluationTiers, inductionExamples } = this.context.config;
    const tiers = Array.from({ length: evaluationTiers }, (_, i) => i + 1);
    return this.context.kinds.flatMap((kind) =>
      tiers.flatMap((tier) => buildSuite({ level, kind, tier, count, seed: SUITE_SEED, inductionExamples })),
    );
  }
}
