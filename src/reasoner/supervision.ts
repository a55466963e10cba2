/**
 * Order and safety around the core: calls run one after the other, an error of the GPU fails the call in which it
 * happens and everything after it, and a device that is lost is opened again with the weights as they last were.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from './backends.ts';
import type { Core, Snapshot } from './core.ts';
import type { EngineFault } from './reasoner.ts';

export interface Opened {
  backend: Backend;
  core: Core;
}

/** What work does to the weights. */
type Change = 'nothing' | 'step' | 'replaced';

/** Milliseconds between two snapshots at least: a long step is never lost, and short ones are not slowed down. */
const SNAPSHOT_INTERVAL = 250;
/** A device that is lost more often than this is broken, not unlucky. */
const MOST_RECOVERIES = 3;
const ERROR_FILTERS = ['validation', 'out-of-memory', 'internal'] as const;

/** The device went away while work was on it. */
class DeviceLostError extends Error {}

export class Supervision {
  private readonly listeners: ((fault: EngineFault) => void)[] = [];
  private fault: EngineFault | null = null;
  private disposed = false;
  /** Ends when the latest piece of work has. */
  private latest: Promise<unknown> = Promise.resolve();
  private saved: Snapshot | null = null;
  private savedAt = Number.NEGATIVE_INFINITY;
  /** Whether the weights changed since they were saved. */
  private isStale = true;
  /** Why the device is gone, while it is. */
  private lost: string | null = null;
  private recoveries = 0;
  private readonly onGpuError = (event: GPUUncapturedErrorEvent) => this.raiseGpuError(event.error);

  /** `reopen` opens backend and core anew after the loss of a device; null where there is no device to lose. */
  constructor(
    private opened: Opened,
    private readonly reopen: (() => Promise<Opened>) | null,
  ) {
    this.watch();
  }

  get core(): Core {
    return this.opened.core;
  }

  /**
   * Runs work when all earlier work has ended. `changes` says what it does to the weights: a step of many is saved
   * in due course, other weights altogether before anything else is done.
   */
  run<T>(work: (core: Core) => Promise<T>, changes: Change = 'nothing'): Promise<T> {
    const result = this.latest.then(() => this.persistently(work, changes));
    this.latest = result.catch(() => undefined);
    return result;
  }

  /** Tells of a change outside of {@link run}. */
  changed(change: Change): void {
    if (change === 'nothing') return;
    this.isStale = true;
    if (change === 'replaced') this.savedAt = Number.NEGATIVE_INFINITY;
  }

  onFault(listener: (fault: EngineFault) => void): void {
    this.listeners.push(listener);
    if (this.fault) listener(this.fault);
  }

  assertUsable(): void {
    if (this.disposed) throw new Error('The reasoner was disposed of');
    if (this.fault) throw new Error(this.fault.message);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.opened.backend.gpu?.removeEventListener('uncapturederror', this.onGpuError);
    this.opened.core.dispose();
  }

  /** Work that a lost device interrupted is done again from the saved weights. */
  private async persistently<T>(work: (core: Core) => Promise<T>, changes: Change): Promise<T> {
    for (;;) {
      try {
        if (this.lost !== null) throw new DeviceLostError(this.lost);
        await this.save();
        const result = await this.supervised(work);
        this.changed(changes);
        // At once, not before the next call: a paused run may lose its device long before that.
        await this.save();
        return result;
      } catch (error) {
        await this.hearOfLoss();
        if (this.lost === null || this.disposed) throw error;
        await this.recover(this.lost);
      }
    }
  }

  /** Work on a lost device may fail a moment before the loss is told. */
  private async hearOfLoss(): Promise<void> {
    const { gpu } = this.opened.backend;
    if (gpu && this.lost === null && !this.fault) {
      await Promise.race([gpu.lost, new Promise((resolve) => setTimeout(resolve, 100))]);
    }
  }

  private async save(): Promise<void> {
    const { core } = this;
    if (!core.snapshot || !this.isStale || performance.now() - this.savedAt < SNAPSHOT_INTERVAL) return;
    this.saved = await this.supervised((it) => it.snapshot!());
    this.savedAt = performance.now();
    this.isStale = false;
  }

  private async recover(reason: string): Promise<void> {
    const { saved } = this;
    if (!saved || !this.reopen || this.recoveries >= MOST_RECOVERIES) {
      this.raise({ kind: 'device-lost', message: reason });
      throw new Error(reason);
    }
    this.recoveries++;
    try {
      this.opened.core.dispose();
      this.opened = await this.reopen();
      this.lost = null;
      this.watch();
      await this.core.restore!(saved);
    } catch (error) {
      this.raise({ kind: 'device-lost', message: `${reason} It could not be opened again (${error})` });
      throw new Error(reason);
    }
    const fault: EngineFault = { kind: 'device-recovered', message: reason };
    for (const listener of this.listeners) listener(fault);
  }

  /** Runs work on this reasoner's backend; on WebGPU any error of the device inside it fails the work. */
  private async supervised<T>(work: (core: Core) => Promise<T>): Promise<T> {
    this.assertUsable();
    const { backend, core } = this.opened;
    // Our own WebAssembly engine has nothing to do with TensorFlow.js.
    if (backend.name !== 'wasm' && tf.getBackend() !== backend.name) await tf.setBackend(backend.name);
    const { gpu } = backend;
    if (!gpu) return work(core);
    for (const filter of ERROR_FILTERS) gpu.pushErrorScope(filter);
    let result: T;
    try {
      result = await work(core);
    } finally {
      // A lost device has no scopes left to pop.
      const errors = await Promise.allSettled(ERROR_FILTERS.map(() => gpu.popErrorScope()));
      for (const settled of errors) {
        if (settled.status === 'fulfilled' && settled.value) this.raiseGpuError(settled.value);
      }
    }
    // The loss is told in a task of its own; what came back from a lost device is not to be trusted.
    if (this.lost !== null) throw new DeviceLostError(this.lost);
    this.assertUsable();
    return result;
  }

  private watch(): void {
    const { gpu } = this.opened.backend;
    gpu?.addEventListener('uncapturederror', this.onGpuError);
    void gpu?.lost.then(({ reason, message }) => {
      if (this.disposed || gpu !== this.opened.backend.gpu) return;
      this.lost = `The graphics device was lost (${reason || 'unknown'}): ${message || 'no reason given'}`;
    });
  }

  private raiseGpuError(error: GPUError): void {
    const outOfMemory = typeof GPUOutOfMemoryError !== 'undefined' && error instanceof GPUOutOfMemoryError;
    this.raise(
      outOfMemory
        ? { kind: 'out-of-memory', message: `The graphics device is out of memory: ${error.message}` }
        : { kind: 'gpu-error', message: `The graphics device refused a command: ${error.message}` },
    );
  }

  private raise(fault: EngineFault): void {
    if (this.fault || (this.lost !== null && fault.kind !== 'device-lost')) return;
    this.fault = fault;
    for (const listener of this.listeners) listener(fault);
  }
}
