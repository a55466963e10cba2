import type { Config } from '../../src/config/hyperparameters.ts';
import type { Pretrained, RunBase } from '../../src/run/folder/layout.ts';
import type { KeptRun } from '../../src/run/protocol.ts';
import type { Wording } from '../../src/tasks/wording.ts';
import type { RemoteReasoner } from './remoteReasoner.ts';

/** A reasoner that Python has opened, and the run that goes on with it. */
export interface Opened {
  reasoner: RemoteReasoner;
  /** As it is played; the files keep what was asked for. */
  config: Config;
  run: KeptRun;
  wording: Wording;
  parameters: number;
  base: RunBase;
  /** For the files, once something is kept: the pretrained model; absent where the run has its own reasoner. */
  takenOver?: Pretrained;
}
