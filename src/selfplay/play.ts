import type { SelfPlayOptions } from './context.ts';
import { selfPlay } from './loop.ts';
import type { StepRecord } from './records.ts';
import { supervise } from './supervise.ts';

/** The run that a configuration asks for, a record a step: self-play, or the control that goes on with the warm-up. */
export function play(options: SelfPlayOptions): AsyncGenerator<StepRecord, void> {
  return options.config.update === 'supervised' ? supervise(options) : selfPlay(options);
}
