/** What the bench asks of an engine, whichever it is. */
export const ENGINES = ['kelvin', 'tfjs', 'jaxjs'] as const;
export type EngineName = (typeof ENGINES)[number];

export const ENGINE_LABELS: Readonly<Record<EngineName, string>> = {
  kelvin: 'Kelvin',
  tfjs: 'plain TensorFlow.js',
  jaxjs: 'jax-js (jit)',
};

export interface Engine {
  readonly name: EngineName;
  /**
   * One optimizer step on the workload's batch (forward, loss, backward, clipping by the global norm, AdamW).
   * The loss before the step, once it is back from the GPU, and with it the step.
   */
  step(): Promise<number>;
  /**
   * Samples up to so many tokens for each prompt and tells how many there were in all: a response may end by
   * itself, at the same place for every engine. Null where an engine cannot.
   */
  sample: ((prompts: readonly (readonly number[])[], tokens: number) => Promise<number>) | null;
  dispose(): void;
}
