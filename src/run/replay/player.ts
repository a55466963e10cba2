/**
 * Plays a recording on the page: hands its events to the same store that a run fills, at a pace of its own, and goes to
 * any step. Needs neither an engine nor Python.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Attempt } from '../../tasks/task.ts';
import type { Phase } from '../../watch/events.ts';
import type { RunClient, ShownSource } from '../client.ts';
import type { Event, RunState } from '../protocol.ts';
import type { Recording } from './file.ts';

/** How many times as fast as {@link SECONDS_PER_STEP}. */
export const SPEEDS = [1, 4, 16] as const;
export type Speed = (typeof SPEEDS)[number];

/** A step at ×1, whatever the machine took that made the recording: long enough to follow its stages. */
export const SECONDS_PER_STEP = 6;

/** Attempts at one task that are shown: as many as a run remembers. */
const ATTEMPTS_SHOWN = 64;

export interface Playing {
  /** The last step that has ended; 0 before the first. */
  step: number;
  /** Steps in the recording. */
  steps: number;
  isPlaying: boolean;
  speed: Speed;
  /** Seconds a stage is shown; 0 without slow motion. */
  secondsPerStage: number;
}

/** A moment at which playing may rest: so many events are shown by then, and so many steps have ended. */
interface Stop {
  events: number;
  step: number;
  isStepEnd: boolean;
}

export class Player {
  readonly state: StoreApi<Playing>;
  private readonly stops: readonly Stop[];
  /** The stop that is shown. */
  private at = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly source: ShownSource = {
    kept: () => Promise.reject(new Error('A recording has no weights: it only shows what a run did.')),
    hasWeights: false,
    attemptsAt: (id) => this.attemptsAt(id),
  };

  /** Shows the beginning, at rest. `address`: by which name a link finds the recording; null where none does. */
  constructor(
    readonly recording: Recording,
    readonly address: string | null,
    private readonly client: Pick<RunClient, 'show' | 'showMore'>,
  ) {
    this.stops = stopsOf(recording.events);
    this.state = createStore<Playing>(() => ({
      step: 0,
      steps: this.last.step,
      isPlaying: false,
      speed: 1,
      secondsPerStage: 0,
    }));
    this.draw(0);
  }

  /** Goes on from here; at the end, from the beginning. */
  play(): void {
    if (this.at === this.stops.length - 1) this.goTo(0);
    this.state.setState({ isPlaying: true });
    this.goTo(this.at);
    this.wait();
  }

  pause(): void {
    clearTimeout(this.timer);
    this.state.setState({ isPlaying: false });
    this.goTo(this.at);
  }

  /** Plays where it rests, and the other way round. */
  toggle(): void {
    if (this.state.getState().isPlaying) this.pause();
    else this.play();
  }

  /** One step back or forward, in slow motion one stage; rests there. */
  step(direction: -1 | 1): void {
    this.pause();
    const isSlow = this.state.getState().secondsPerStage > 0;
    let to = this.at + direction;
    while (!isSlow && this.stops[to] && !this.stops[to]?.isStepEnd) to += direction;
    if (this.stops[to]) this.goTo(to);
  }

  /**
   * Goes to the end of a step, 0 for the beginning, and goes on from there where it plays. With `stage`, to where that
   * stage of the step after begins, if it has one.
   */
  seek(step: number, stage: Phase | null = null): void {
    const end = this.stops.findIndex((stop) => stop.isStepEnd && stop.step >= step);
    const to = end < 0 ? this.stops.length - 1 : end;
    this.goTo((stage && this.beginOf(stage, to)) ?? to);
    if (this.state.getState().isPlaying) this.wait();
  }

  setSpeed(speed: Speed): void {
    this.state.setState({ speed });
    if (this.state.getState().isPlaying) this.wait();
  }

  /** Seconds a stage is shown; 0 ends slow motion. */
  slowMotion(secondsPerStage: number): void {
    this.state.setState({ secondsPerStage });
    if (this.state.getState().isPlaying) this.wait();
  }

  /** The latest attempts at a task until here, from the oldest on. */
  private attemptsAt(id: string): Attempt[] {
    return this.recording.events
      .slice(0, this.stop.events)
      .flatMap((event) => (event.type === 'attempts' ? event.attempts : []))
      .filter(({ taskId }) => taskId === id)
      .slice(-ATTEMPTS_SHOWN);
  }

  /** Ends playing for good; what is drawn stays until something else is. */
  close(): void {
    clearTimeout(this.timer);
  }

  /** The first stop within the step after a stop at which the stage is shown; null where there is none. */
  private beginOf(stage: Phase, after: number): number | null {
    for (let at = after + 1; this.stops[at] && !this.stops[at]?.isStepEnd; at++) {
      const told = this.recording.events.slice(this.stops[after]?.events, this.stops[at]?.events);
      if (told.some((event) => event.type === 'stage' && event.stage === stage)) return at;
    }
    return null;
  }

  private get stop(): Stop {
    return this.stops[this.at] as Stop;
  }

  private get last(): Stop {
    return this.stops.at(-1) as Stop;
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.advance(), this.millisecondsToNext());
  }

  private advance(): void {
    if (this.at + 1 < this.stops.length) this.goTo(this.at + 1);
    if (this.at + 1 < this.stops.length) this.wait();
    else this.pause();
  }

  private millisecondsToNext(): number {
    const { speed, secondsPerStage } = this.state.getState();
    // Stages come twice, when they begin and when they end.
    if (secondsPerStage > 0) return (secondsPerStage * 1000) / 2;
    const next = this.stop.step + 1;
    const parts = this.stops.filter((stop) => (stop.isStepEnd ? stop.step : stop.step + 1) === next).length;
    return (SECONDS_PER_STEP * 1000) / speed / Math.max(1, parts);
  }

  private goTo(to: number): void {
    const from = this.at;
    this.at = to;
    this.draw(to >= from ? (this.stops[from] as Stop).events : 0, to < from);
    this.state.setState({ step: this.stop.step });
  }

  /** Draws what was told from an event on until here, after wiping what was drawn where it `isAnew`. */
  private draw(from: number, isAnew = from === 0): void {
    const { setup, events } = this.recording;
    const told = events.slice(from, this.stop.events);
    const state = this.runState();
    if (!isAnew) this.client.showMore(setup.config, told, state);
    else this.client.show(setup.config, told, this.source, state);
  }

  private runState(): RunState {
    if (this.state.getState().isPlaying) return 'running';
    return this.at === this.stops.length - 1 ? 'finished' : 'paused';
  }
}

/** Where playing may rest: before the first step, then wherever a stage begins or ends, the last of a step with its end. */
function stopsOf(events: readonly Event[]): Stop[] {
  const stops: Stop[] = [];
  let step = 0;
  let isStepEnd = true;
  const cut = (at: number) => {
    stops.push({ events: at, step, isStepEnd });
    isStepEnd = false;
  };
  events.forEach((event, at) => {
    const isFirst = stops.length === 0 && stepOf(event) > 0;
    const isStage = event.type === 'stage' && event.step > 0;
    // What is told between two steps belongs to the one before.
    const isNext = isStepEnd && step > 0 && event.type !== 'ladder' && event.type !== 'base';
    if (isFirst || isStage || isNext) cut(at);
    if (event.type === 'step') {
      step = event.metrics.step;
      isStepEnd = true;
    }
  });
  cut(events.length);
  return stops;
}

/** The step that an event says it is of; 0 where it says none. */
function stepOf(event: Event): number {
  switch (event.type) {
    case 'stage':
    case 'verdicts':
    case 'hacks':
    case 'rejected':
      return event.step;
    case 'step':
      return event.metrics.step;
    case 'attempts':
      return event.attempts[0]?.step ?? 0;
    case 'tasks':
      return event.added[0]?.step ?? 0;
    default:
      return 0;
  }
}
