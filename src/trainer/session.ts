import type { Config } from '../config/hyperparameters.ts';
import type { Command, Device, Event, PreparedPart, Seat as SeatAsked } from '../run/protocol.ts';
import type { Answer, Question } from '../run/visit.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import {
  Preparation,
  type PreparationListener,
  type PreparationWorld,
  SILENT,
  WORK_OF,
} from './preparation.ts';
import { ProgressReporter } from './progress.ts';
import { Run, type RunWorld } from './run.ts';
import { WatchedSandbox } from './sandboxWatch.ts';
import { Seat } from './seat.ts';

export interface SessionWorld
  extends Pick<RunWorld, 'emit'>,
    Pick<PreparationWorld, 'createReasoner' | 'fetchBase'> {
  connectSandbox(port: MessagePort): Sandbox;
}

/** The trainer's end of the protocol: one run at a time, replaced by the next start. */
export class TrainerSession {
  private connection: { sandbox: WatchedSandbox; assetBase: string } | null = null;
  private run: Run | null = null;
  /** What was loaded ahead of a start; the run that takes it frees it. */
  private ahead: Preparation | null = null;
  /** Settles when no run uses the engine any more. */
  private quiet: Promise<void> = Promise.resolve();
  private secondsPerStage = 0;
  /** Who answers visitors while there is no run. */
  private seat: Seat | null = null;

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
      case 'prepare':
        this.prepare(command);
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
        this.clearSeat();
        this.world.emit({ type: 'state', state: 'idle' });
        return;
      case 'slow-motion':
        this.secondsPerStage = command.secondsPerStage;
        if (this.run) this.run.slowMotion.secondsPerStage = command.secondsPerStage;
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
      case 'keep':
        this.run?.keep();
        return;
      case 'ask':
        void this.ask(command);
        return;
      default:
        command satisfies never;
    }
  }

  private prepare({ config, device }: Pick<SeatAsked, 'config' | 'device'>): void {
    if (!this.connection || this.run || this.ahead?.fits(config, device)) return;
    this.clearSeat();
    this.discard();
    this.ahead = this.open(config, device, this.aheadListener());
  }

  private start({ device, ...start }: Extract<Command, { type: 'start' }>): void {
    const { config } = start;
    if (!this.connection) throw new Error('The trainer was told to start before it was connected.');
    this.retire();
    this.clearSeat();
    if (!this.ahead?.fits(config, device)) this.discard();
    const preparation = this.ahead ?? this.open(config, device, SILENT);
    this.ahead = null;
    const run = new Run(
      { emit: this.world.emit, sandbox: this.connection.sandbox },
      { ...start, preparation, secondsPerStage: this.secondsPerStage },
    );
    this.run = run;
    this.quiet = this.quiet.then(() => run.start());
  }

  /** Answers a visitor: by the run, or where there is none by whom the seat names. */
  private async ask({ id, question, seat }: Extract<Command, { type: 'ask' }>): Promise<void> {
    try {
      const answer = this.run ? await this.run.ask(question) : await this.askSeat(question, seat);
      this.world.emit({ type: 'answered', id, answer });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.world.emit({ type: 'unanswered', id, problem });
    }
  }

  private askSeat(question: Question, seat: SeatAsked | null): Promise<Answer> {
    if (!seat || !this.connection) throw new Error('There is nobody to ask.');
    if (!this.seat?.fits(seat)) {
      this.clearSeat();
      this.seat = new Seat(seat, this.preparationFor(seat));
    }
    const { seat: taken } = this;
    const judge = { config: seat.config, sandbox: this.connection.sandbox };
    const answer = this.quiet.then(() => taken.answer(question, judge));
    this.quiet = answer.then(
      () => {},
      () => {},
    );
    return answer;
  }

  /** The base of a set-up is loaded for a run, too; the reasoner of a kept run only for its visitors. */
  private preparationFor({ config, device, kept }: SeatAsked): Preparation {
    if (kept) {
      this.discard();
      return this.open(config, device, SILENT);
    }
    this.prepare({ config, device });
    return this.ahead!;
  }

  /** A preparation that a kept run sits on is of no use to a start. */
  private clearSeat(): void {
    const { seat } = this;
    this.seat = null;
    if (seat?.isKept) this.quiet = this.quiet.then(() => seat.dispose());
  }

  private open(config: Config, device: Device, listener: PreparationListener): Preparation {
    const { createReasoner, fetchBase } = this.world;
    const world = { createReasoner, fetchBase, ...this.connection! };
    return new Preparation(world, config, device, this.quiet, listener);
  }

  /** Tells the page what is loaded while nobody has pressed Start. What fails is told at Start. */
  private aheadListener(): PreparationListener {
    const { emit } = this.world;
    const progress = new ProgressReporter(emit);
    const ready: PreparedPart[] = [];
    const failed: PreparedPart[] = [];
    return {
      progress: (what, label, done, total) => progress.report(what, label, done, total),
      ended: (part, isReady) => {
        (isReady ? ready : failed).push(part);
        progress.finish(...WORK_OF[part]);
        emit({ type: 'prepared', ready: [...ready], failed: [...failed] });
      },
      notice: () => {},
    };
  }

  private discard(): void {
    const { ahead } = this;
    if (!ahead) return;
    this.ahead = null;
    this.quiet = this.quiet.then(() => ahead.dispose());
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
