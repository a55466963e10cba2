/** The scale at which every experiment is run by the tests: it shows that all of it runs, not that it learns. */
import type { Config } from '../../src/config/hyperparameters.ts';

const changes: Partial<Config> = {
  // No base of pico is shipped; an arm that is about its base begins from this one, too.
  base: 'warm-up',
  warmUpUpdates: 300,
  proposalsPerKind: 4,
  attemptsPerTask: 2,
  bufferTasksPerKind: 1,
  seedingTarget: 4,
  seedingRounds: 2,
  evaluateEvery: 2,
  evaluationTasks: 1,
  evaluationTiers: 2,
  maxSolveTokens: 48,
};

export const CI = { sizes: ['pico'], seeds: [1], steps: 2, tasks: 1, changes } as const;
