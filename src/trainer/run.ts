import { Random } from '../random.ts';
import { parameterCount } from '../reasoner/config.ts';
import { DivergedError, type Reasoner } from '../reasoner/reasoner.ts';
import { type Command, type Event, type Fault, type RunState, runFrom } from '../run/protocol.ts';
import type { Answer, Question } from '../run/visit.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { LoopEvent, Planted, TakeGift } from '../selfplay/events.ts';
import { unsoundNumbers } from '../selfplay/lifecycle.ts';
import { play } from '../selfplay/play.ts';
import type { StepRecord } from '../selfplay/records.ts';
import type { SavedRun } from '../selfplay/savedRun.ts';
import { sha256 } from '../sha256.ts';
import type { Attempt } from '../tasks/task.ts';
import { corpus, corpusOptions } from '../warmup/corpus.ts';
import { warmUp, warmUpOptions } from '../warmup/warmup.ts';
import type { WatchEvent } from '../watch/events.ts';
import { Watch } from '../watch/watch.ts';
import { said } from '../words/said.ts';
import { AttemptArchive } from './attemptArchive.ts';
import { AbandonedError, RunControl } from './control.ts';
import { fallbackNotice, faultOf, faultOfEngine, SandboxError } from './faults.ts';
import { type Preparation, WORK_OF } from './preparation.ts';
import { ProgressReporter } from './progress.ts';
import { SandboxReporter, type WatchedSandbox } from './sandboxWatch.ts';
import { baseFolder } from './shippedBase.ts';
import { SlowMotion } from './slowMotion.ts';
import { Visits } from './visits.ts';

/** What a run needs of the outside; tests bring their own. */
export interface RunWorld {
  emit(event: Event): void;
  sandbox: WatchedSandbox;
}

/** What the protocol's start says, prepared. */
export interface RunOptions extends Omit<Extract<Command, { type: 'start' }>, 'type' | 'device'> {
  /** What it begins with, loaded or on its way; the run disposes of it. */
  preparation: Preparation;
  /** Seconds each stage is shown; 0 = full speed. */
  secondsPerStage: number;
}

/** Seconds that a phase of a step samples before its progress is told: on a fast machine it would only flicker. */
const QUIET_SECONDS = 0.4;

/** Milliseconds between two points of the warm-up's curve. */
const WARM_UP_POINT_EVERY = 100;

export class Run {
  readonly control: RunControl;
  readonly slowMotion: SlowMotion;
  private readonly archive = new AttemptArchive();
  private readonly watch: Watch;
  private readonly progress: ProgressReporter;
  private readonly sandboxReporter: SandboxReporter;
  private reasoner: Reasoner | null = null;
  private state: RunState = 'idle';
  /** Loading, warming up, running …: what goes on when a pause ends. */
  private activity: RunState = 'loading';
  private isAbandoned = false;
  private isBaseKnown = false;
  /** A base that was warmed up here, or brought in. */
  private warmedUp: Uint8Array | null = null;
  private baseSha256: string | null = null;
  /** Keeps the run as it is; null within a step and before the first has ended. */
  private save: StepRecord['save'] = null;
  private isKeepWanted = false;
  private keptAt = Number.NEGATIVE_INFINITY;
  /** Steps that the reasoner has learned from. */
  private learned: number;
  private readonly visits: Visits;

  constructor(
    private readonly world: RunWorld,
    private readonly options: RunOptions,
  ) {
    this.watch = new Watch(options.config);
    this.watch.recall(options.earlier);
    this.warmedUp = options.from?.base ?? null;
    this.learned = options.from?.state.step ?? 0;
    this.progress = new ProgressReporter((event) => this.emit(event));
    this.sandboxReporter = new SandboxReporter(world.sandbox, (event) => this.emit(event));
    this.control = new RunControl(options.paused, (isHeld) =>
      this.emitState(isHeld ? 'paused' : this.activity),
    );
    this.slowMotion = new SlowMotion(options.secondsPerStage, this.control, this.watch, (event) =>
      this.show(event),
    );
    this.visits = new Visits(
      this.control,
      { config: options.config, sandbox: once(options.preparation.python, world.sandbox) },
      () => this.learned,
      () => this.keepGift(),
    );
  }

  /** Runs to the end. Never rejects: what goes wrong is told as a fault. */
  async start(): Promise<void> {
    if (this.isAbandoned) return;
    try {
      await this.prepareAndPlay();
      this.emitState('finished');
    } catch (error) {
      if (!(error instanceof AbandonedError)) this.fail(faultOf(error));
    }
  }

  /** Ends the run and falls silent at once; its memory is freed by {@link dispose}. */
  abandon(): void {
    this.isAbandoned = true;
    this.control.abandon();
  }

  dispose(): Promise<void> {
    this.reasoner = null;
    return this.options.preparation.dispose();
  }

  attemptsAt(taskId: string): Attempt[] {
    return this.archive.of(taskId);
  }

  /** Emits the weights as soon as nothing else uses the reasoner. */
  exportCheckpoint(): void {
    const save = async () => {
      if (this.reasoner) this.emit({ type: 'checkpoint', bytes: await this.reasoner.save() });
    };
    if (this.state === 'finished') void save().catch((error) => this.fail(faultOf(error)));
    else this.control.whenIdle(save);
  }

  /** Emits the run as it is, as soon as that is between two steps. */
  keep(): void {
    this.isKeepWanted = true;
    const keep = async () => {
      if (this.save || this.activity !== 'running') await this.keepIfWanted();
    };
    if (this.state === 'finished') void keep().catch((error) => this.fail(faultOf(error)));
    else this.control.whenIdle(keep);
  }

  /** What a visitor asks beside the run. Rejects where it cannot be answered, and stays open where the run ends before. */
  ask(question: Question): Promise<Answer> {
    return this.visits.answer(question);
  }

  /** Before the first step has ended there is nothing to keep a gift with. */
  private async keepGift(): Promise<void> {
    if (this.options.keepEvery === null || !this.save) return;
    this.isKeepWanted = true;
    await this.keepIfWanted();
  }

  private async keepIfWanted(): Promise<void> {
    if (!this.isKeepWanted) return;
    this.isKeepWanted = false;
    this.keptAt = performance.now();
    const saved = await this.save?.();
    this.emit({ type: 'kept', run: saved ? { ...saved, base: this.warmedUp } : null });
  }

  private async prepareAndPlay(): Promise<void> {
    const { config, seedProgram, stopAfter, keepEvery, from } = this.options;
    this.enter('loading');
    const random = new Random(config.seed);

    const { preparation } = this.options;
    const reasoner = await this.openReasoner();
    const shipped = await preparation.base;
    // A warm-up may be put off. What else there is to prepare runs through: whoever asks the paused run needs it.
    const hasWarmUp = config.base === 'warm-up' && !from?.base;
    await this.control.checkpoint(hasWarmUp);
    if (from?.base) await reasoner.load(from.base);
    else if (hasWarmUp) {
      await this.warmUpBase(reasoner, random.fork('warm-up'));
      this.warmedUp = await reasoner.save();
      // It may have taken an hour: whatever happens before the first step has ended, the run can begin from it again.
      if (keepEvery !== null) this.emit({ type: 'kept', run: runFrom(this.warmedUp) });
    }
    this.baseSha256 = this.warmedUp ? await fingerprintOf(this.warmedUp) : (shipped?.sha256 ?? null);

    // It was this loop's own when it was kept.
    const saved = from as SavedRun | null;
    const steps = play({
      reasoner,
      sandbox: once(preparation.python, this.world.sandbox),
      config,
      listener: (event) => this.hear(event),
      seedPrograms: seedProgram,
      // Those are of another base than one that was brought along.
      shipped: from?.base ? null : shipped,
      // At step 0 there is a base and nothing else to go on from.
      from: saved && saved.state.step > 0 ? saved : null,
      quickEvaluations: true,
    });
    for await (const record of steps) {
      const metrics = this.watch.measure(record);
      this.progress.clear();
      const sandbox = this.sandboxReporter.report();
      this.emit({ type: 'step', metrics, sandbox });
      this.save = record.save;
      this.learned = metrics.step;
      if (metrics.step === stopAfter) this.control.pause();
      const isDue = keepEvery !== null && performance.now() - this.keptAt >= keepEvery;
      if (isDue || (keepEvery !== null && metrics.step === config.steps)) this.isKeepWanted = true;
      if (this.isKeepWanted) await this.keepIfWanted();
      if (record.report && unsoundNumbers(record.report).length > 0) {
        throw new DivergedError(`The training diverged: at step ${metrics.step} its numbers are not finite.`);
      }
    }
    await this.visits.end();
    await this.keepIfWanted();
  }

  /** A program that cannot be the seed is said, and the run goes on without it. */
  private tellPlanted({ own, refused }: Planted): void {
    if (!refused) return;
    const { name, detail } = refused;
    const builtIn =
      this.options.config.seedProgram === 'none' ? said('nothing') : said('the built-in program');
    const instead = own > 0 ? said('your other functions') : builtIn;
    this.emit({
      type: 'fault',
      fault: {
        code: 'seed-refused',
        message:
          name === null
            ? `Your text cannot be the seed program. ${detail}`
            : `Your function ${name} cannot be a seed program. ${detail}`,
        remedy: `The run begins from ${instead} instead; change yours and press Start to try again.`,
        fatal: false,
      },
    });
  }

  /** Hears of what is being loaded from now on, and waits for the engine. */
  private async openReasoner(): Promise<Reasoner> {
    const { preparation } = this.options;
    preparation.hearWith({
      progress: (what, label, done, total) => this.progress.report(what, label, done, total),
      ended: (part) => this.progress.finish(...WORK_OF[part]),
      notice: (message) => this.emit({ type: 'fault', fault: fallbackNotice(message) }),
    });
    preparation.python.catch((error: unknown) => this.fail(faultOf(error)));
    const reasoner = await preparation.engine;
    reasoner.onFault((engineFault) => {
      const fault = faultOfEngine(engineFault);
      if (fault.fatal) this.fail(fault);
      else this.emit({ type: 'fault', fault });
    });
    const { backend, device, config } = reasoner;
    this.emit({ type: 'engine', backend, device, parameters: parameterCount(config) });
    this.reasoner = reasoner;
    return reasoner;
  }

  private async warmUpBase(reasoner: Reasoner, random: Random): Promise<void> {
    const { config } = this.options;
    this.enter('warming-up');
    const examples = corpus(random.fork('examples'), corpusOptions(config, reasoner.config.contextLength));
    const started = performance.now();
    let shown = Number.NEGATIVE_INFINITY;
    const options = warmUpOptions(config);
    this.progress.report('warm-up', 'Warming up', 0, options.updates);
    await warmUp(
      reasoner,
      examples,
      random.fork('batches'),
      options,
      async ({ update, updates, loss, tokens }) => {
        const now = performance.now();
        if (now - shown > WARM_UP_POINT_EVERY || update === updates) {
          shown = now;
          const seconds = (now - started - this.control.heldMs) / 1000;
          this.emit({ type: 'warm-up', point: { update, updates, loss, tokens, seconds } });
        }
        this.progress.report('warm-up', 'Warming up', update, updates);
        await this.control.checkpoint(true);
      },
    );
    this.progress.finish('warm-up');
  }

  /**
   * The loop waits for what this returns. Not an async function: progress comes from inside a sampling call,
   * which only an exception that is thrown at once can end.
   */
  private hear(event: LoopEvent): void | Promise<void> {
    if (this.isAbandoned) throw new AbandonedError('The run was abandoned.');
    if (event.type === 'progress') {
      const { label, quiet } = this.labelOf(event);
      this.progress.report(event.what, label, event.done, event.total, quiet);
      return;
    }
    // The loop speaks when the base is frozen and, where the run was kept, its own weights are in place.
    if (this.reasoner) this.visits.open(this.reasoner);
    for (const shown of this.watch.hear(event))
      if (!this.slowMotion.isToldLater(event, shown)) this.show(shown);
    switch (event.type) {
      case 'base':
        if (this.state === 'loading' || this.state === 'warming-up') this.enter('seeding');
        return;
      case 'planted':
        this.tellPlanted(event.planted);
        return;
      case 'step':
        return this.beforeStep(event.take);
      case 'phase':
        // What was sampled is sampled when its phase ends.
        if (event.at === 'end') this.progress.finish('propose', 'attempt', 'evaluation');
        this.save = null;
        return this.slowMotion.pass(event);
      case 'seeded':
      case 'tasks':
        return;
    }
  }

  private labelOf({ what }: Extract<LoopEvent, { type: 'progress' }>): { label: string; quiet: number } {
    switch (what) {
      case 'seeding':
        return { label: 'Filling the task buffer', quiet: 0 };
      case 'evaluation':
        return { label: this.isBaseKnown ? 'Measuring on held-out tasks' : 'Measuring the base', quiet: 0 };
      case 'propose':
        return { label: 'Writing tasks', quiet: QUIET_SECONDS };
      case 'attempt':
        return { label: 'Attempting tasks', quiet: QUIET_SECONDS };
    }
  }

  private show(event: WatchEvent): void {
    if (event.type === 'attempts') this.archive.add(event.attempts);
    if (event.type === 'base') {
      this.isBaseKnown = true;
      this.progress.finish('evaluation');
      const { base, size, level } = this.options.config;
      const name = base === 'warm-up' ? base : baseFolder(size, level, base);
      this.emit({ ...event, name, sha256: this.baseSha256 });
    } else this.emit(event);
  }

  private async beforeStep(take: TakeGift | null): Promise<void> {
    this.activity = 'running';
    this.progress.finish('seeding');
    await this.visits.enter(take);
    await this.keepIfWanted();
    await this.control.beforeStep();
    this.visits.leave();
    if (this.state !== 'running') this.enter('running');
  }

  private fail(fault: Fault): void {
    this.progress.clear();
    this.emit({ type: 'fault', fault });
    this.emitState('failed');
    this.abandon();
  }

  private enter(state: RunState): void {
    this.activity = state;
    this.emitState(state);
  }

  private emitState(state: RunState): void {
    if (state === this.state) return;
    this.state = state;
    this.emit({ type: 'state', state });
  }

  private emit(event: Event): void {
    if (!this.isAbandoned) this.world.emit(event);
  }
}

/** Null where the browser computes none: outside of secure contexts. */
async function fingerprintOf(bytes: Uint8Array): Promise<string | null> {
  return 'subtle' in crypto ? sha256(bytes) : null;
}

/** A sandbox that waits for Python, and whose own failures can be told from those of everything else. */
function once(python: Promise<void>, sandbox: Sandbox): Sandbox {
  return {
    run: async (requests) => {
      await python;
      return sandbox.run(requests).catch((error: unknown) => {
        throw new SandboxError('run', error instanceof Error ? error.message : String(error));
      });
    },
    ready: () => python,
    stats: () => sandbox.stats(),
    close: () => sandbox.close(),
  };
}
