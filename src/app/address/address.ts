/**
 * Keeps the address bar true: before the `#` the set-up of the run on the page (of the next start where there is none),
 * after it the place. The browser's Back and Forward walk through places; what is changed meanwhile is kept.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isPresetName } from '../../config/presets.ts';
import { type Frame, type LessonPlace, readFrame, writeFrame } from '../../run/frame.ts';
import type { Keeper } from '../../run/keeper.ts';
import type { Player } from '../../run/replay/player.ts';
import {
  areSameSetups,
  linkOf,
  type SessionStore,
  type Setup,
  type SetupLink,
  setupOf,
} from '../../run/session.ts';
import { leaveRun } from '../leaving/useLeaving.ts';
import { hasTask, type Place, readPlace, type View, writePlace } from './place.ts';

/** Milliseconds between two steps that are written: a browser refuses an address that changes all the time. */
const STEP_WRITTEN_EVERY = 400;

/** What the browser remembers beside an address of this page, over a reload too. */
interface Entry {
  /** The run that was on the page: tasks of another one have the same names. */
  run: string | null;
  /** How many tasks were opened from one another until this one. */
  walked: number;
  /** The next start, where the address does not say it. */
  next: Setup | null;
}

export interface Here extends Place {
  /** How many tasks were opened from one another until this one: so many times Back leads to another. */
  walked: number;
  /** The run that the address names is on its way to the page. */
  isOpening: boolean;
  /** The address names a run that this browser does not have. */
  isRunMissing: boolean;
  /** Why the recording that the address names does not play, in a plain sentence; empty where it does. */
  recordingProblem: string;
  /** The page of a lesson beside the lab; null where none is open. */
  lesson: LessonPlace | null;
}

export interface Address {
  readonly here: StoreApi<Here>;
  /** Goes to another place, so that Back returns from it; with `replace`, instead of this one. */
  go(to: Partial<Place>, options?: { replace?: boolean }): void;
  /** Has the address name a language, so that a reload keeps it. */
  speak(language: string): void;
  /** Opens a page of a lesson, or with null closes the lesson. */
  turnTo(lesson: LessonPlace | null): void;
  /**
   * The view that the link with which the page was opened names before its `#`: whoever wrote it wants that view, also
   * beside a page of a lesson that has another. Null where it names none, and from the second time on.
   */
  takeLinkedView(): View | null;
  /** Takes the note of a missing run or recording off the page. */
  dismissMissing(): void;
  /** Settles when the run that the address names is on the page, or is not to be had. */
  readonly opened: Promise<void>;
}

/** The next start that the browser remembers for this tab, when the address does not say it. */
export function rememberedNext(): Setup | null {
  const next = entryOf(history.state)?.next;
  return next && isPresetName(next.preset) ? next : null;
}

/** Reads the address and follows it from then on, for the life of the page. */
export function followAddress(session: SessionStore, keeper: Keeper): Address {
  const asked = readPlace(location.hash, location.search);
  let linkedView = new URLSearchParams(location.search).has('view') ? asked.view : null;
  let frame: Frame = readFrame(location.search);
  const here = createStore<Here>(() => ({
    ...placeOf(asked),
    walked: entryOf(history.state)?.walked ?? 0,
    isOpening: asked.run !== null || asked.recording !== null,
    isRunMissing: false,
    recordingProblem: '',
    lesson: frame.lesson,
  }));
  let query = location.search.slice(1);
  let lacks: SetupLink['lacks'] = [];
  let described: Setup | null = null;
  let written = '';

  const currentRun = () => {
    const { current, player } = keeper.shelf.getState();
    return player ? `recording ${player.address}` : current;
  };
  /** Only what is stored can be opened again. */
  const storedRun = () => {
    const { current, entries } = keeper.shelf.getState();
    return entries?.some(({ id }) => id === current) ? current : null;
  };

  function write(how: 'push' | 'replace'): void {
    const { walked, isOpening, ...place } = here.getState();
    const { setup, player } = keeper.shelf.getState();
    const next = setupOf(session.getState());
    const isNextSaid = lacks.length === 0 && (setup === null || areSameSetups(setup, next));
    const entry: Entry = { run: currentRun(), walked, next: isNextSaid ? null : next };
    const hash = writePlace({
      ...place,
      run: isOpening ? asked.run : storedRun(),
      recording: isOpening ? asked.recording : (player?.address ?? null),
      step: isOpening ? asked.step : player?.state.getState().step || null,
    });
    const url = `${location.pathname}?${query}${hash}`;
    const text = JSON.stringify([url, entry]);
    if (how === 'push') history.pushState(entry, '', url);
    else if (text !== written) history.replaceState(entry, '', url);
    written = text;
  }

  /** Spelling out a program takes a moment; the last that was asked for counts. */
  async function spellOut(): Promise<void> {
    const setup = keeper.shelf.getState().setup ?? session.getState();
    if (described && areSameSetups(described, setup)) return write('replace');
    described = setup;
    const link = await linkOf(setup);
    if (described !== setup) return;
    lacks = link.lacks;
    query = [link.query, writeFrame(frame)].filter(Boolean).join('&');
    write('replace');
  }

  function go(to: Partial<Place>, { replace = false } = {}): void {
    const was = here.getState();
    const place = { ...placeOf(was), ...to };
    if (!hasTask(place.view)) place.task = null;
    if (place.view !== 'experiments') place.experiment = null;
    const nothing = { run: null, recording: null, step: null };
    if (writePlace({ ...place, ...nothing }) === writePlace({ ...was, ...nothing })) return;
    const isWalk = was.task !== null && place.task !== null && !replace;
    const walked = place.task === null ? 0 : was.walked + (isWalk ? 1 : 0);
    here.setState({ ...place, walked });
    write(replace ? 'replace' : 'push');
  }

  /** Has the address say another frame, so that a reload keeps it. */
  function reframe(changes: Partial<Frame>): void {
    frame = { ...frame, ...changes };
    described = null;
    void spellOut();
  }

  /** Shows a step of a recording, at rest; one that it does not have is its end. */
  async function play(recording: string, step: number | null): Promise<void> {
    try {
      if (keeper.shelf.getState().player?.address !== recording) await keeper.playNamed(recording);
      const { player } = keeper.shelf.getState();
      player?.pause();
      player?.seek(step ?? 0);
    } catch (error) {
      here.setState({ recordingProblem: (error as Error).message });
    }
  }

  async function open(run: string): Promise<void> {
    try {
      await keeper.open(run);
    } catch {
      here.setState({ isRunMissing: true });
    }
  }

  addEventListener('popstate', ({ state }) => {
    written = '';
    const entry = entryOf(state);
    const place = readPlace(location.hash);
    // Back never takes the run off the page; an address that somebody wrote may.
    if (entry === null && place.run !== null && place.run !== currentRun()) {
      const { run } = place;
      leaveRun(keeper, () => void open(run));
    }
    if (entry === null && place.recording !== null) {
      const { recording, step } = place;
      leaveRun(keeper, () => void play(recording, step));
    }
    const isOfThisRun = entry === null || entry.run === currentRun();
    here.setState({
      ...placeOf(place),
      task: isOfThisRun ? place.task : null,
      walked: isOfThisRun ? (entry?.walked ?? 0) : 0,
    });
    write('replace');
  });

  /** Follows the step that a recording is at. */
  function followStep(player: Player | null): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = player?.state.subscribe(({ step }, before) => {
      if (step === before.step) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        write('replace');
      }, STEP_WRITTEN_EVERY);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe?.();
    };
  }

  let unfollow = () => {};
  session.subscribe(() => void spellOut());
  keeper.shelf.subscribe((shelf, before) => {
    // A task is of one run; that of the address waits for its run.
    const isOther = shelf.current !== before.current || shelf.player !== before.player;
    if (shelf.player !== before.player) {
      unfollow();
      unfollow = followStep(shelf.player);
    }
    if (isOther && !here.getState().isOpening) here.setState({ task: null, walked: 0 });
    if (isOther || shelf.setup !== before.setup || shelf.entries !== before.entries) void spellOut();
  });
  void spellOut();

  const opened =
    asked.recording !== null
      ? play(asked.recording, asked.step)
      : asked.run !== null
        ? open(asked.run)
        : Promise.resolve();
  return {
    here,
    go,
    speak: (language) => reframe({ language }),
    turnTo: (lesson) => {
      here.setState({ lesson });
      reframe({ lesson });
    },
    takeLinkedView: () => {
      const view = linkedView;
      linkedView = null;
      return view;
    },
    dismissMissing: () => here.setState({ isRunMissing: false, recordingProblem: '' }),
    opened: opened.then(() => {
      here.setState({ isOpening: false });
      write('replace');
    }),
  };
}

function placeOf({ view, experiment, task }: Place): Place {
  return { view, experiment, task };
}

/** The browser's note, if it is one of ours. */
function entryOf(state: unknown): Entry | null {
  return typeof state === 'object' && state !== null && 'walked' in state ? (state as Entry) : null;
}
