import type { Command, Event } from '../run/protocol.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { Run, type RunWorld } from './run.ts';
import { WatchedSandbox } from './sandboxWatch.ts';

export interface SessionWorld extends Pick<RunWorld, 'emit' | 'createReasoner' | 'fetchBase'> {
  connectSandbox(port: MessagePort): Sandbox;
}

/** The trainer's end of the protocol: one run at a time, replaced by the next start. */
export class TrainerSession {
  private connection: { sandbox: WatchedSandbox; assetBase: string } | null = null;
  private run: Run | null = null;
  /** Settles when no run uses the engine any more. */
  private quiet: Promise<void> = Promise.resolve();
  private secondsPerStage = 0;

  constructor(private readonly world: SessionWorld) {}

  handle(command: Command): void {
    switch (command.type) {
      case 'connect':
        this.connection = {
          sandbox: new WatchedSandbox(
            this.world.connectSandbox(command.sandboxPort),
            command.sandboxOpenedAt,
          ),
          assetBase: command.assetBase,
        };
        return;
      case 'start':
        this.start(command);
        return;
      case 'pause':
        this.run?.control.pause();
        return;
      case 'resume':
        this.run?.control.resume();
        return;
      case 'step':
        this.run?.control.step();
        return;
      case 'reset':
        this.retire();
        this.world.emit({ type: 'state', state: 'idle' });
        return;
      case 'slow-motion':
        this.secondsPerStage = command.secondsPerStage;
        if (this.run) this.run.secondsPerStage = command.secondsPerStage;
        return;
      case 'task-details': {
        const event: Event = {
          type: 'task-details',
          id: command.id,
          attempts: this.run?.attemptsAt(command.id) ?? [],
        };
        this.world.emit(event);
        return;
      }
      case 'export-checkpoint':
        this.run?.exportCheckpoint();
        return;
      default:
        command satisfies never;
    }
  }

  private start({ config, device, seedProgram, paused }: Extract<Command, { type: 'start' }>): void {
    if (!this.connection) throw new Error('The trainer was told to start before it was connected.');
    this.retire();
    const run = new Run(
      { ...this.world, ...this.connection },
      { config, device, seedProgram, paused, secondsPerStage: this.secondsPerStage },
    );
    this.run = run;
    this.quiet = this.quiet.then(() => run.start());
  }

  /** Silences the run at once; its memory is freed when it has left the engine. */
  private retire(): void {
    const run = this.run;
    if (!run) return;
    this.run = null;
    run.abandon();
    this.quiet = this.quiet.then(() => run.dispose());
  }
}
