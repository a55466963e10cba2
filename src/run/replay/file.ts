/**
 * A recording: everything that a run told, in one small file that plays without an engine and without Python. It is
 * gzip of JSON lines: the first says what ran, each other is an event as the page hears it.
 */
import { validateConfig } from '../../config/hyperparameters.ts';
import { DEFAULT_PRESET, isPresetName } from '../../config/presets.ts';
import type { Event } from '../protocol.ts';
import type { Setup } from '../session.ts';
import { applyEvents, createRunStore } from '../store.ts';
import { isTold } from '../told.ts';

export interface Recording {
  name: string;
  setup: Setup;
  events: readonly Event[];
}

/** The file is no recording, or a damaged one. The message says what was wrong and what to do. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

/** Of the layout of the file; another number is another layout. */
const VERSION = 1;

interface Head {
  kelvin: 'recording';
  version: number;
  name: string;
  preset: string;
  config: Record<string, unknown>;
  seedProgram: string | null;
}

/** The file of a recording. Events of the moment (progress, say) are left out. */
export async function packRecording({ name, setup, events }: Recording): Promise<Uint8Array<ArrayBuffer>> {
  const { preset, config, seedProgram } = setup;
  const head: Head = {
    kelvin: 'recording',
    version: VERSION,
    name,
    preset,
    config: { ...config },
    seedProgram,
  };
  const lines = [head, ...events.filter(isTold)].map((line) => `${JSON.stringify(line)}\n`);
  return through(new Blob(lines), new CompressionStream('gzip'));
}

/** Whether these are the bytes of a recording, perhaps a damaged one: it is known by its beginning. */
export function isRecording(bytes: Uint8Array): boolean {
  return isGzip(bytes) || new TextDecoder().decode(bytes.subarray(0, 24)).startsWith('{"kelvin":"recording"');
}

/** The recording in a file. Rejects with a {@link RecordingError} where there is none, or one that cannot be drawn. */
export async function readRecording(bytes: Uint8Array): Promise<Recording> {
  const [first, ...lines] = (await textOf(bytes)).trimEnd().split('\n');
  const head = parsed<Head>(first ?? '');
  if (head?.kelvin !== 'recording') throw new RecordingError(`This is no recording of a run. ${CHOOSE}`);
  if (head.version !== VERSION) {
    throw new RecordingError(
      `The recording is of another version of Kelvin (its layout is ${head.version}, this page reads ${VERSION}). Make it again, or play it with the Kelvin that made it.`,
    );
  }
  const events = lines.map((line) => parsed<Event>(line));
  if (!events.every((event): event is Event => event !== null) || !canBeDrawn(events)) throw damaged();
  const { config } = validateConfig(head.config);
  return {
    name: head.name,
    setup: {
      preset: isPresetName(head.preset) ? head.preset : DEFAULT_PRESET,
      config,
      seedProgram: head.seedProgram,
      device: 'auto',
      ownBase: null,
    },
    events,
  };
}

/** Name of the file of a recording: what ran, and how far. */
export function recordingFileName({ preset, config }: Setup, steps: number): string {
  return `kelvin-${preset}-seed${config.seed}-step${steps}.recording`;
}

const CHOOSE = 'Choose a file that Kelvin made (Recording, under Runs, or npm run lab with --record).';

/** Some servers unpack what is packed. */
async function textOf(bytes: Uint8Array): Promise<string> {
  if (!isGzip(bytes)) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder().decode(
      await through(new Blob([new Uint8Array(bytes)]), new DecompressionStream('gzip')),
    );
  } catch {
    throw damaged();
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function damaged(): RecordingError {
  return new RecordingError(
    'The recording is damaged or not complete: get it again from where it came from.',
  );
}

function parsed<T>(line: string): T | null {
  try {
    return JSON.parse(line) as T;
  } catch {
    return null;
  }
}

/** What cannot be drawn is better refused here than on the page. */
function canBeDrawn(events: readonly Event[]): boolean {
  try {
    if (!events.every((event) => isTold(event)) || !events.some(({ type }) => type === 'step')) return false;
    applyEvents(createRunStore(), events);
    return true;
  } catch {
    return false;
  }
}

/** All that comes out of a stream when this goes in. Rejects when the stream refuses it. */
async function through(
  content: Blob,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(content.stream().pipeThrough(stream)).arrayBuffer());
}
