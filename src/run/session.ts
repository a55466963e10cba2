/**
 * What will run at the next Start: preset, changed values, seed program, device. It lives in the URL, so that
 * a link is a lesson; a wrong value in a link is named and replaced, never fatal.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type Config,
  type ConfigKey,
  changedKeys,
  type Problem,
  validateConfig,
} from '../config/hyperparameters.ts';
import { type PresetName, presetConfig } from '../config/presets.ts';
import { decodeQuery, encodeQuery } from '../config/url.ts';
import { FRAME_KEYS, PLACE_KEYS, readFrame } from './frame.ts';
import { packProgram, unpackProgram } from './programLink.ts';
import type { Device } from './protocol.ts';

export interface Session {
  preset: PresetName;
  config: Config;
  /** A program of the user's own to begin with; null for the built-in one. */
  seedProgram: string | null;
  device: Device;
  /** A base that was brought in, to begin from instead of what the configuration says; null for none. */
  ownBase: OwnBase | null;
  /** What was wrong with the link; shown until dismissed. */
  problems: readonly Problem[];
  /** One sentence about switches in the link that Kelvin no longer has; empty for none. Shown until dismissed. */
  retired: string;
  /** The base that was chosen before a size without a shipped one took its place; null where none was. */
  replacedBase: Config['base'] | null;
}

/** A base that was brought in. Its weights are kept with every run that began from it. */
export interface OwnBase {
  name: string;
  /** Of its file of weights. */
  sha256: string;
}

/** What a run is started with. */
export type Setup = Pick<Session, 'preset' | 'config' | 'device' | 'seedProgram' | 'ownBase'>;

/** The set-up alone of what has one. */
export function setupOf({ preset, config, device, seedProgram, ownBase = null }: Setup): Setup {
  return { preset, config, device, seedProgram, ownBase };
}

const DEVICES: readonly Device[] = ['auto', 'webgpu', 'wasm', 'cpu'];
/** Query keys that are no hyper-parameters: the second is a program as it is, the third a packed one. */
const OWN_KEYS = ['device', 'program', 'program-z'] as const;
/** Programs that take no more room than this in a link stand there readably. */
const LONGEST_PLAIN = 200;

export type SessionStore = StoreApi<Session>;

/**
 * The session that a query describes; with `next`, that of a set-up which this tab remembers beside it. Never rejects.
 */
export async function createSession(query: string, next: Setup | null = null): Promise<SessionStore> {
  const session = await readSession(query);
  if (next) {
    const { config, problems } = validateConfig(next.config, presetConfig(next.preset));
    Object.assign(session, { ...setupOf(next), config, problems, retired: '' });
  }
  return createStore<Session>(() => session);
}

/** The session a query describes. Never rejects. */
export async function readSession(query: string): Promise<Session> {
  const { preset, config, problems, retired } = decodeQuery(query, [
    ...OWN_KEYS,
    ...FRAME_KEYS,
    ...PLACE_KEYS,
  ]);
  problems.push(...readFrame(query).problems);
  const parameters = new URLSearchParams(query);
  const asked = parameters.get('device');
  const device = DEVICES.find((name) => name === asked) ?? 'auto';
  if (asked !== null && asked !== device) {
    const message = `There is no device “${asked}” (there are ${DEVICES.join(', ')}); using auto.`;
    problems.push({ key: 'device', given: asked, message });
  }
  let seedProgram = parameters.get('program')?.trim() || null;
  const packed = parameters.get('program-z');
  if (packed !== null && seedProgram === null) {
    try {
      seedProgram = await unpackProgram(packed);
    } catch (error) {
      problems.push({ key: 'program-z', given: packed, message: (error as Error).message });
    }
  }
  return { preset, config, problems, retired, device, seedProgram, ownBase: null, replacedBase: null };
}

/** A set-up as a link says it. */
export interface SetupLink {
  /** Query text without `?`; what is as the preset has it stays out. */
  query: string;
  /** What a link cannot carry, so that whoever follows it begins otherwise: a program that is too long, a base. */
  lacks: readonly ('program' | 'base')[];
}

export async function linkOf({ preset, config, seedProgram, device, ownBase }: Setup): Promise<SetupLink> {
  const extra = new URLSearchParams();
  if (device !== 'auto') extra.set('device', device);
  const written = seedProgram === null ? [] : await programParameter(seedProgram);
  if (written) for (const [key, value] of written) extra.set(key, value);
  const query = [encodeQuery(preset, config), extra.toString()].filter(Boolean).join('&');
  return { query, lacks: [...(written ? [] : ['program' as const]), ...(ownBase ? ['base' as const] : [])] };
}

/** The parameter that says the program; null where none can. */
async function programParameter(program: string): Promise<[string, string][] | null> {
  // What is read plainly is trimmed.
  const isPlain = program === program.trim() && encodeURIComponent(program).length <= LONGEST_PLAIN;
  if (isPlain) return [['program', program]];
  const packed = await packProgram(program);
  return packed === null ? null : [['program-z', packed]];
}

/** Whether two starts would run the same. */
export function areSameSetups(a: Setup, b: Setup): boolean {
  return (
    a.preset === b.preset &&
    a.device === b.device &&
    a.seedProgram === b.seedProgram &&
    a.ownBase?.sha256 === b.ownBase?.sha256 &&
    changedKeys(a.config, b.config).length === 0
  );
}

/** Takes a preset whole; the seed stays, it is not part of a preset. */
export function choosePreset(session: SessionStore, preset: PresetName): void {
  const { seed } = session.getState().config;
  session.setState({ preset, config: { ...presetConfig(preset), seed }, ownBase: null, replacedBase: null });
}

/**
 * Changes one value, or names why it cannot be and leaves everything as it was. A base that gave way to a size without
 * a shipped one comes back with the next size that has one; one that was brought in is left for another base or size.
 */
export function changeValue(session: SessionStore, key: ConfigKey, value: unknown): Problem | null {
  const { config: before, replacedBase } = session.getState();
  const decidesBase = key === 'size' || key === 'level';
  const wanted = decidesBase && replacedBase !== null ? { base: replacedBase } : {};
  const { config, problems } = validateConfig({ ...wanted, [key]: value }, before);
  const refusal = problems.find((problem) => problem.key === key && config[key] === before[key]);
  if (refusal) return refusal;
  const base = decidesBase ? (replacedBase ?? before.base) : config.base;
  if (key === 'base' || key === 'size') session.setState({ ownBase: null });
  const isReplaced = decidesBase ? config.base !== base : key !== 'base' && replacedBase !== null;
  session.setState({ config, replacedBase: isReplaced ? (decidesBase ? base : replacedBase) : null });
  // A rule between values may have changed another one: the form shows it, the sentence says why.
  return problems[0] ?? null;
}
