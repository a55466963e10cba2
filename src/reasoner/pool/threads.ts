/** Threads beyond which weights and gradients cost more to hand about than a thread gains. */
export const MOST_THREADS = 8;

/**
 * Threads for a machine with so many cores: one a core, but one core is left to the page where there are more than two.
 * With two, the page and Python take little while the engine computes, so both are used.
 */
export function threadsFor(cores: number): number {
  return Math.max(1, Math.min(MOST_THREADS, cores > 2 ? cores - 1 : cores));
}
