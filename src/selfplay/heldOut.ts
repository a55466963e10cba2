/** Held-out measurements of a run: the base once, then the reasoner as it learns. */
import { type Evaluation, evaluate } from '../benchmark/evaluate.ts';
import { type BenchmarkTask, buildSuite } from '../benchmark/suites.ts';
import type { Lab } from './lab.ts';
import type { StepMetrics } from './metrics.ts';

/** The suites' own seed: every run, whatever its seed, is measured on the same tasks. */
const SUITE_SEED = 1;

export class HeldOut {
  private readonly tasks: BenchmarkTask[];
  private base: { atOnce: Evaluation; forced: Evaluation } | null = null;

  constructor(private readonly lab: Lab) {
    this.tasks = this.build(lab.config.evaluationTasks);
  }

  /** Measures the frozen base: as it chooses to answer, and forced to think. */
  async measureBase(): Promise<{ atOnce: Evaluation; forced: Evaluation }> {
    const atOnce = await this.greedy(false);
    const forced = await this.greedy(true);
    this.base = { atOnce, forced };
    return this.base;
  }

  /** The evaluation part of a step's metrics. */
  async measure(step: number): Promise<Partial<StepMetrics>> {
    const { reasoner, sandbox, config } = this.lab;
    const { scores, thinks } = await this.greedy(false);
    const metrics: Partial<StepMetrics> = { heldOut: scores, heldOutThinks: thinks };
    if (this.base) {
      metrics.base = this.base.atOnce.scores;
      metrics.baseForced = this.base.forced.scores;
    }
    const k = config.passK;
    if (k > 0) {
      const sampled = await evaluate(reasoner, sandbox, this.build(config.passKTasks), {
        maxNewTokens: config.maxSolveTokens,
        samples: { k, n: k, temperature: config.temperature, seed: step },
        onProgress: this.progress,
      });
      metrics.heldOutPassK = { k, scores: sampled.scores };
    }
    return metrics;
  }

  private greedy(forceThink: boolean): Promise<Evaluation> {
    const { reasoner, sandbox, config } = this.lab;
    const maxNewTokens = config.maxSolveTokens;
    return evaluate(reasoner, sandbox, this.tasks, { maxNewTokens, forceThink, onProgress: this.progress });
  }

  private readonly progress = (done: number, total: number): void => {
    void this.lab.listener({ type: 'progress', what: 'evaluation', done, total });
  };

  private build(count: number): BenchmarkTask[] {
    const { level, evaluationTiers, inductionExamples } = this.lab.config;
    const tiers = Array.from({ length: evaluationTiers }, (_, i) => i + 1);
    return this.lab.kinds.flatMap((kind) =>
      tiers.flatMap((tier) => buildSuite({ level, kind, tier, count, seed: SUITE_SEED, inductionExamples })),
    );
  }
}
