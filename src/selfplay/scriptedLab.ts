/** Tests: a small run of the scripted reasoner that keeps what it told. */
import { afterAll, beforeAll } from 'vitest';
import { type Config, DEFAULTS } from '../config/hyperparameters.ts';
import { isHeldOut } from '../language/heldOut.ts';
import { Random } from '../random.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Task } from '../tasks/task.ts';
import type { LoopEvent } from './events.ts';
import { SelfPlay } from './loop.ts';
import { ScriptedReasoner } from './scriptedReasoner.ts';

export const SMALL: Config = {
  ...DEFAULTS,
  steps: 4,
  proposalsPerKind: 8,
  bufferTasksPerKind: 3,
  attemptsPerTask: 4,
  seedingTarget: 12,
  evaluateEvery: 2,
  evaluationTasks: 2,
  passK: 2,
  passKTasks: 1,
};

/** Whether a program that the scripted reasoner wrote acts like one of the test set. */
export function isOfTestSet({ programs }: ScriptedReasoner, text: string): boolean {
  const behaviour = programs.get(text)?.behaviour;
  return behaviour !== undefined && isHeldOut(behaviour);
}

/** A sandbox that is open while the tests of the calling file run, and runs that it judges. */
export function openLabs(create: () => Promise<Sandbox>) {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await create();
  }, 120_000);
  afterAll(() => sandbox?.close());
  return {
    sandbox: () => sandbox,
    lab: (changes: Partial<Config> = {}) => scriptedLab(sandbox, changes),
  };
}

/** A run, not yet prepared: `of` gives its events of a type, `buffered` all tasks it holds. */
function scriptedLab(sandbox: Sandbox, changes: Partial<Config>) {
  const config = { ...SMALL, ...changes };
  const reasoner = new ScriptedReasoner();
  const events: LoopEvent[] = [];
  const selfPlay = new SelfPlay({
    reasoner,
    sandbox,
    config,
    random: new Random(config.seed),
    listener: (event) => void events.push(structuredClone(event)),
  });
  const of = <T extends LoopEvent['type']>(type: T) =>
    events.filter((event): event is Extract<LoopEvent, { type: T }> => event.type === type);
  const buffered = () => Object.values(selfPlay.buffers).flatMap((buffer) => [...buffer.tasks]) as Task[];
  return { config, reasoner, selfPlay, of, buffered };
}
