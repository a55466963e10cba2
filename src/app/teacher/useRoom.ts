/** Finds out about this machine and browser; the engine and Python are those that the page has prepared. */
import { useEffect, useState } from 'react';
import { useOffline, usePage, useSession, useShelf } from '../context.tsx';
import { sentenceOf, useAsk } from '../play/useAsk.ts';
import type { Found, Room } from './room.ts';

/** A task that is one in every level and set-up: what is judged first. */
const FIRST = { kind: 'deduction', program: 'def f(x):\n    return x * x + 1', input: '3' } as const;

/** What is known of the room, and how to try what takes the engine. `measure` never rejects. */
export function useRoom(): { room: Room; measure: () => Promise<void>; keepForGood: () => Promise<void> } {
  const ask = useAsk();
  const { keeper } = usePage();
  const preset = useSession((session) => session.preset);
  const storageProblem = useShelf((shelf) => shelf.problem);
  const space = useShelf((shelf) => shelf.room);
  const missingFiles = useOffline((offline) => offline.missing);
  const [adapter, setAdapter] = useState<Room['adapter']>({ state: 'busy' });
  const [python, setPython] = useState<Room['python']>({ state: 'open' });
  const [pace, setPace] = useState<Room['pace']>({ state: 'open' });
  const [isPersistent, setPersistent] = useState<boolean | null>(null);

  useEffect(() => {
    void findAdapter().then(setAdapter);
    void isKeptForGood().then(setPersistent);
  }, []);

  const measure = async () => {
    // A recording has no weights that could be measured.
    if (keeper.shelf.getState().player) keeper.close();
    setPython({ state: 'busy' });
    setPace({ state: 'busy' });
    setPython(await found(ask({ about: 'writing', writing: FIRST }).then(() => true as const)));
    setPace(await found(ask({ about: 'pace' })));
  };
  const keepForGood = async () => {
    setPersistent((await navigator.storage?.persist?.().catch(() => false)) ?? false);
  };
  const room: Room = {
    adapter,
    python,
    pace,
    preset,
    cores: navigator.hardwareConcurrency || 1,
    storageProblem,
    isPersistent,
    free: space && space.quota - space.used,
    missingFiles,
    isSandboxed: origin === 'null',
  };
  return { room, measure, keepForGood };
}

async function found<T>(promise: Promise<T>): Promise<Found<T>> {
  try {
    return { state: 'known', value: await promise };
  } catch (error) {
    return { state: 'failed', problem: sentenceOf(error) };
  }
}

async function findAdapter(): Promise<Room['adapter']> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return { state: 'known', value: null };
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture].filter(Boolean).join(' ') || description || 'WebGPU';
  return { state: 'known', value: { name, isSoftware: isFallbackAdapter } };
}

async function isKeptForGood(): Promise<boolean | null> {
  return (await navigator.storage?.persisted?.().catch(() => null)) ?? null;
}
