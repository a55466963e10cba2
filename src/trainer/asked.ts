/** Who answers visitors. */
import type { Config } from '../config/hyperparameters.ts';
import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** Python alone, which answers beside whatever the reasoner does. */
export interface Judge {
  sandbox: Pick<Sandbox, 'run'>;
  config: Config;
}

/** The reasoner while nobody else uses it, after `step`; after step 0 it is the base. */
export interface Asked extends Judge {
  reasoner: Reasoner;
  step: number;
}
