/** Sets the page up for a page of a lesson. */
import { useEffect } from 'react';
import { changeValue, choosePreset } from '../../run/session.ts';
import { type PageParts, usePage } from '../context.tsx';
import { leaveRun } from '../leaving/useLeaving.ts';
import { useGame } from '../play/useGame.ts';
import { NOTHING_BESIDE, pageKey, useBeside } from './beside.ts';
import type { LessonPage, RecordingScene, Scene } from './lesson.ts';

/** Has the page show what a lesson's page wants, each time another one is opened. */
export function useScene(
  lesson: string,
  number: number,
  page: LessonPage | undefined,
  onSlowMotion: (secondsPerStage: number) => void,
): void {
  const parts = usePage();
  useEffect(() => {
    let isOver = false;
    const { scene = {} } = page ?? {};
    useBeside.setState({ ...NOTHING_BESIDE, hide: scene.hide ?? [] });
    const set = async () => {
      // What the address names comes first: a lesson takes its place where it wants to.
      await parts.address.opened;
      if (!isOver) await setScene(scene, parts, onSlowMotion, () => isOver);
    };
    set().then(
      () => !isOver && useBeside.setState({ setFor: pageKey(lesson, number) }),
      (error: Error) => !isOver && useBeside.setState({ problem: error.message }),
    );
    return () => {
      isOver = true;
      useBeside.setState(NOTHING_BESIDE);
    };
  }, [lesson, number, page, parts, onSlowMotion]);
}

async function setScene(
  { view, experiment, game, task, recording, next }: Scene,
  { keeper, session, address }: PageParts,
  onSlowMotion: (secondsPerStage: number) => void,
  isOver: () => boolean,
): Promise<void> {
  if (next) {
    // Where a recording is on the page there is no Start.
    if (!recording && keeper.shelf.getState().player) keeper.close();
    choosePreset(session, next.preset);
    for (const key of Object.keys(next.changes ?? {}) as (keyof NonNullable<typeof next.changes>)[]) {
      changeValue(session, key, next.changes?.[key]);
    }
  }
  if (recording) {
    const isThere = () => keeper.shelf.getState().player?.address === recording.name;
    const bring = async () => {
      if (!isThere()) await keeper.playNamed(recording.name);
      if (isOver()) return;
      onSlowMotion(recording.secondsPerStage ?? 0);
      place(keeper, recording);
    };
    if (isThere()) await bring();
    else await new Promise<void>((resolve, reject) => leaveRun(keeper, () => bring().then(resolve, reject)));
  }
  if (isOver()) return;
  if (game) useGame.setState({ game });
  const there = address.takeLinkedView() ?? view;
  address.go(
    {
      ...(there && { view: there }),
      ...(experiment !== undefined && { experiment }),
      // A task of the page before would lie over this one.
      task: task ?? null,
    },
    { replace: true },
  );
}

function place(
  { shelf }: PageParts['keeper'],
  { step, stage, isPlaying = false, speed = 1, secondsPerStage = 0 }: RecordingScene,
): void {
  const { player } = shelf.getState();
  if (!player) return;
  player.pause();
  player.setSpeed(speed);
  player.slowMotion(secondsPerStage);
  player.seek(step, stage);
  if (isPlaying) player.play();
}
