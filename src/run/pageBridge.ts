/**
 * `window.kelvin`: the run for programs that drive the page from outside (the headless lab, end-to-end tests).
 * The same client and store as the buttons use.
 */
import type { Config } from '../config/hyperparameters.ts';
import { connectSandbox } from '../sandbox/client.ts';
import { type MountOptions, mountSandbox } from '../sandbox/host.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Task } from '../tasks/task.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import type { RunClient, StartOptions } from './client.ts';
import { type KeptText, keptRun, keptText } from './keptText.ts';
import type { Event, Fault, RunState } from './protocol.ts';
import type { BaseScores, RunStore } from './store.ts';

/** The run as plain data, ready to cross into another process. */
interface PageSnapshot {
  state: RunState;
  config: Config | null;
  engine: { backend: string; device: string; parameters: number } | null;
  step: number;
  metrics: StepMetrics | null;
  base: BaseScores | null;
  tasks: readonly Task[];
  fatal: Fault | null;
  notices: readonly Fault[];
}

interface BridgeOptions extends Omit<StartOptions, 'from'> {
  from?: { kept: KeptText; events: readonly Event[] } | null;
}

interface KelvinPage {
  start(config: Config, options?: BridgeOptions): void;
  pause(): void;
  resume(): void;
  step(): void;
  reset(): void;
  /** Seconds each stage is shown; 0 ends slow motion. */
  slowMotion(secondsPerStage: number): void;
  /** Hears every event as it arrives. Returns how to stop. */
  onEvent(listener: (event: Event) => void): () => void;
  exportCheckpoint(): Promise<Uint8Array>;
  /** The run as it is between two steps; null before the first has ended. */
  keep(): Promise<KeptText | null>;
  snapshot(): PageSnapshot;
  /**
   * A pool of its own beside that of the run, behind the same walls; close it when done. Rejects with a plain
   * sentence when Python cannot be started.
   */
  openSandbox(options?: Pick<MountOptions, 'workers' | 'mode' | 'timeoutMs'>): Promise<Sandbox>;
}

declare global {
  interface Window {
    kelvin?: KelvinPage;
  }
}

export function exposePage(store: RunStore, client: RunClient): void {
  const { pause, resume, step, reset, slowMotion, onEvent, exportCheckpoint } = client;
  window.kelvin = {
    start(config, { from = null, ...options } = {}) {
      client.start(config, { ...options, from: from && { run: keptRun(from.kept), events: from.events } });
    },
    pause,
    resume,
    step,
    reset,
    slowMotion,
    onEvent,
    exportCheckpoint,
    async keep() {
      const run = await client.keep();
      return run && keptText(run);
    },
    async openSandbox(options = {}) {
      const { port, dispose } = mountSandbox({
        ...options,
        assetBase: new URL('./', document.baseURI).href,
      });
      const sandbox = connectSandbox(port);
      const close = () => {
        sandbox.close();
        dispose();
      };
      try {
        await sandbox.ready();
      } catch (error) {
        close();
        throw error;
      }
      return { ...sandbox, close };
    },
    snapshot() {
      const { state, config, engine, step: at, metrics, base, tasks, fatal, notices } = store.getState();
      return {
        state,
        config,
        engine,
        step: at,
        metrics: metrics.last,
        base,
        tasks: tasks.book.all(),
        fatal,
        notices,
      };
    },
  };
}
