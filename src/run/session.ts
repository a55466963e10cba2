/**
 * What will run at the next Start: preset, changed values, seed program, device. It lives in the URL, so that
 * a link is a lesson; a wrong value in a link is named and replaced, never fatal.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Config, type ConfigKey, type Problem, validateConfig } from '../config/hyperparameters.ts';
import { type PresetName, presetConfig } from '../config/presets.ts';
import { decodeQuery, encodeQuery } from '../config/url.ts';
import type { Device } from './protocol.ts';

export interface Session {
  preset: PresetName;
  config: Config;
  /** A program of the user's own to begin with; null for the built-in one. */
  seedProgram: string | null;
  device: Device;
  /** What was wrong with the link; shown until dismissed. */
  problems: readonly Problem[];
  /** One sentence about switches in the link that Kelvin no longer has; empty for none. Shown until dismissed. */
  retired: string;
}

const DEVICES: readonly Device[] = ['auto', 'webgpu', 'wasm', 'cpu'];
/** Query keys that are no hyper-parameters. */
const OWN_KEYS = ['device', 'program'] as const;
/** Longer programs stay on this machine: a link must survive being pasted into a chat. */
const LONGEST_PROGRAM_IN_URL = 1000;

export type SessionStore = StoreApi<Session>;

export function createSession(query: string): SessionStore {
  return createStore<Session>(() => readSession(query));
}

/** The session a query describes. Never throws. */
export function readSession(query: string): Session {
  const { preset, config, problems, retired } = decodeQuery(query, OWN_KEYS);
  const parameters = new URLSearchParams(query);
  const asked = parameters.get('device');
  const device = DEVICES.find((name) => name === asked) ?? 'auto';
  if (asked !== null && asked !== device) {
    const message = `There is no device “${asked}” (there are ${DEVICES.join(', ')}); using auto.`;
    problems.push({ key: 'device', given: asked, message });
  }
  const seedProgram = parameters.get('program')?.trim() || null;
  return { preset, config, problems, retired, device, seedProgram };
}

/** Query text without `?`; what is as the preset has it stays out. */
export function writeSession({ preset, config, seedProgram, device }: Session): string {
  const extra = new URLSearchParams();
  if (device !== 'auto') extra.set('device', device);
  if (seedProgram && isSeedInUrl({ seedProgram })) extra.set('program', seedProgram);
  return [encodeQuery(preset, config), extra.toString()].filter(Boolean).join('&');
}

/** False when the reader's own program is too long for a link, so that whoever follows the link begins otherwise. */
export function isSeedInUrl({ seedProgram }: Pick<Session, 'seedProgram'>): boolean {
  return seedProgram === null || seedProgram.length <= LONGEST_PROGRAM_IN_URL;
}

/** Takes a preset whole; the seed stays, it is not part of a preset. */
export function choosePreset(session: SessionStore, preset: PresetName): void {
  const { seed } = session.getState().config;
  session.setState({ preset, config: { ...presetConfig(preset), seed } });
}

/** Changes one value, or names why it cannot be and leaves everything as it was. */
export function changeValue(session: SessionStore, key: ConfigKey, value: unknown): Problem | null {
  const before = session.getState().config;
  const { config, problems } = validateConfig({ [key]: value }, before);
  const refusal = problems.find((problem) => problem.key === key && config[key] === before[key]);
  if (refusal) return refusal;
  session.setState({ config });
  // A rule between values may have changed another one: the form shows it, the sentence says why.
  return problems[0] ?? null;
}

/** Keeps the address bar in step with the session without adding to the history. Returns how to stop. */
export function followInUrl(session: SessionStore): () => void {
  return session.subscribe((state) => {
    const query = `?${writeSession(state)}`;
    if (query !== location.search) history.replaceState(history.state, '', `${query}${location.hash}`);
  });
}
