/** What a run needs before its first step, loaded side by side: Python, the engine, the base. */

import type { ShippedOutcomes } from '../benchmark/shipped.ts';
import type { Config } from '../config/hyperparameters.ts';
import { BASE_TEXT, type BaseVariant } from '../language/level.ts';
import { Random } from '../random.ts';
import { SIZES } from '../reasoner/config.ts';
import type { ReasonerOptions } from '../reasoner/engine.ts';
import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Device, PreparedPart, Progress } from '../run/protocol.ts';
import { said } from '../words/said.ts';
import { EngineError, SandboxError } from './faults.ts';
import type { WatchedSandbox } from './sandboxWatch.ts';
import { BaseError, type fetchShippedBase } from './shippedBase.ts';

/** What preparing needs of the outside; tests bring their own. */
export interface PreparationWorld {
  createReasoner(options: ReasonerOptions): Promise<Reasoner>;
  fetchBase: typeof fetchShippedBase;
  sandbox: WatchedSandbox;
  /** Address of the page's folder, with a slash at its end. */
  assetBase: string;
}

/** Who hears of it: the page before a run, the run from its start on. */
export interface PreparationListener {
  progress(what: Progress['what'], label: string, done: number, total: number): void;
  /** A part is there, or cannot be had. */
  ended(part: PreparedPart, isReady: boolean): void;
  /** A fall-back to a slower backend, in a plain sentence. */
  notice(message: string): void;
}

/** What is reported of the loading of each part. */
export const WORK_OF = {
  python: ['pyodide'],
  engine: ['engine', 'shaders'],
  base: ['base'],
} as const satisfies Record<PreparedPart, readonly Progress['what'][]>;

export class Preparation {
  /** The engine, with fresh weights. Rejects with an {@link EngineError}. */
  readonly engine: Promise<Reasoner>;
  /** The engine with the base in it, and the held-out outcomes shipped with that. Rejects with a {@link BaseError}. */
  readonly base: Promise<ShippedOutcomes | null>;
  /** Python. Rejects with a {@link SandboxError}. */
  readonly python: Promise<void>;
  readonly seed: number;
  private readonly key: string;
  private listener: PreparationListener;
  private readonly notices: string[] = [];
  private readonly told = new Map<PreparedPart, boolean>();
  private readonly reported = new Map<Progress['what'], Parameters<PreparationListener['progress']>>();
  private isLost = false;

  /** Begins at once, the engine when `quiet` settles: another one may have to leave the device first. */
  constructor(
    private readonly world: PreparationWorld,
    private readonly config: Config,
    private readonly device: Device,
    quiet: Promise<void>,
    listener: PreparationListener,
  ) {
    this.listener = listener;
    this.seed = seedOfWeights(config);
    this.key = keyOf(config, device);
    this.python = this.part('python', this.openPython());
    const download = config.base === 'warm-up' ? null : this.download(config.base);
    download?.catch(() => undefined);
    this.engine = this.part(
      'engine',
      quiet.then(() => this.openEngine()),
    );
    this.base = this.part('base', this.loadBase(download));
  }

  /** Whether it is of use to a run of this configuration: it loads the same, and nothing of it has failed. */
  fits(config: Config, device: Device): boolean {
    const hasFailed = this.isLost || [...this.told.values()].includes(false);
    return !hasFailed && this.key === keyOf(config, device);
  }

  /** From now on `listener` hears, and first of all what it has missed. */
  hearWith(listener: PreparationListener): void {
    this.listener = listener;
    for (const message of this.notices) listener.notice(message);
    for (const [part, isReady] of this.told) listener.ended(part, isReady);
    for (const report of this.reported.values()) listener.progress(...report);
  }

  /** Frees the engine, as soon as it is there. */
  async dispose(): Promise<void> {
    this.listener = SILENT;
    await this.base.catch(() => undefined);
    (await this.engine.catch(() => null))?.dispose();
  }

  private async openPython(): Promise<void> {
    // How many workers there will be is known when the first one comes up.
    if (!this.world.sandbox.isUp) this.report('pyodide', said('Starting Python'), 0, 0);
    try {
      await this.world.sandbox.ready(({ done, total, what }) => this.report('pyodide', what, done, total));
    } catch (error) {
      throw new SandboxError('start', messageOf(error));
    }
  }

  private async openEngine(): Promise<Reasoner> {
    this.report('engine', 'Starting the engine', 0, 1);
    try {
      const reasoner = await this.world.createReasoner({
        config: SIZES[this.config.size],
        device: this.device,
        seed: this.seed,
        threads: this.config.engineThreads,
        onNotice: (message) => {
          this.notices.push(message);
          this.listener.notice(message);
        },
        onCompiled: (done, total) => this.report('shaders', 'Compiling shaders', done, total),
      });
      reasoner.onFault(({ kind }) => {
        if (kind !== 'device-recovered') this.isLost = true;
      });
      return reasoner;
    } catch (error) {
      throw new EngineError(messageOf(error));
    }
  }

  private download(variant: BaseVariant): ReturnType<typeof fetchShippedBase> {
    const { size, level } = this.config;
    return this.world.fetchBase(size, level, variant, this.world.assetBase, (done, total) =>
      this.report('base', `Loading the ${size} base, which ${BASE_TEXT[variant].does}`, done, total),
    );
  }

  private async loadBase(
    download: ReturnType<typeof fetchShippedBase> | null,
  ): Promise<ShippedOutcomes | null> {
    const reasoner = await this.engine;
    if (!download) return null;
    const { config, safetensors, outcomes } = await download;
    if (JSON.stringify(config) !== JSON.stringify(reasoner.config)) {
      throw new BaseError(
        `The ${this.config.size} base (${this.config.base}) has another shape than this version of Kelvin expects.`,
      );
    }
    try {
      await reasoner.load(safetensors);
    } catch (error) {
      throw new BaseError(messageOf(error));
    }
    return outcomes;
  }

  private report(...report: Parameters<PreparationListener['progress']>): void {
    this.reported.set(report[0], report);
    this.listener.progress(...report);
  }

  private part<T>(part: PreparedPart, work: Promise<T>): Promise<T> {
    const end = (isReady: boolean) => {
      this.told.set(part, isReady);
      for (const what of WORK_OF[part]) this.reported.delete(what);
      this.listener.ended(part, isReady);
    };
    work.then(
      () => end(true),
      () => end(false),
    );
    return work;
  }
}

/** Nobody: a run hears later what it has missed. */
export const SILENT: PreparationListener = { progress: () => {}, ended: () => {}, notice: () => {} };

/** Seed of the fresh weights, which a warm-up begins from. */
function seedOfWeights(config: Config): number {
  return new Random(config.seed).fork('weights').uint32();
}

/** What decides what is loaded. */
function keyOf(config: Config, device: Device): string {
  const { size, level, base, engineThreads } = config;
  const seed = base === 'warm-up' ? seedOfWeights(config) : null;
  return JSON.stringify([size, level, base, engineThreads, seed, device]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
