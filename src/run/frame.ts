/**
 * How much of the page is shown, as a link says it before the `#`: `hide=buffer,header` leaves panels out, `embed=1` is
 * for a frame of another page, `projector=1` for a class that looks from afar, `lang=de` has it speak German, and
 * `lesson=loop&page=3` opens a lesson beside it.
 */
import type { Problem } from '../config/hyperparameters.ts';
import { nearestName } from '../config/nearest.ts';

/** What can be hidden, by the name that a link has for it. */
export const HIDEABLE = [
  'header',
  'settings',
  'controls',
  'slow-motion',
  'readouts',
  'loop',
  'charts',
  'buffer',
] as const;
type Hideable = (typeof HIDEABLE)[number];

export interface Frame {
  hide: readonly Hideable[];
  isEmbedded: boolean;
  isProjector: boolean;
  /** A BCP 47 tag, as somebody wrote it; null where the page chooses. */
  language: string | null;
  /** The lesson beside the lab; null where none is open. */
  lesson: LessonPlace | null;
}

/** A page of a lesson. Whether there is such a one is not this file's to know. */
export interface LessonPlace {
  id: string;
  /** From 1 on. */
  page: number;
}

/** Keys of a query that are this file's. */
export const FRAME_KEYS = ['hide', 'embed', 'projector', 'lang', 'lesson', 'page'] as const;

/** Of a place on the page, which stands after the `#`; a link may open it from before the `#` as well. */
export const PLACE_KEYS = ['view', 'experiment'] as const;

/** The frame that a query describes, and what it names that does not exist. Never throws. */
export function readFrame(query: string): Frame & { problems: Problem[] } {
  const parameters = new URLSearchParams(query);
  const names = (parameters.get('hide') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const isOn = (key: string) => ['1', 'true', ''].includes(parameters.get(key) ?? '0');
  return {
    hide: HIDEABLE.filter((name) => names.includes(name)),
    isEmbedded: isOn('embed'),
    isProjector: isOn('projector'),
    language: parameters.get('lang') || null,
    lesson: lessonIn(parameters),
    problems: names.filter((name) => !HIDEABLE.some((known) => known === name)).map(unknownName),
  };
}

function lessonIn(parameters: URLSearchParams): LessonPlace | null {
  const id = parameters.get('lesson');
  const page = Number(parameters.get('page') ?? 1);
  return id ? { id, page: Number.isSafeInteger(page) && page > 0 ? page : 1 } : null;
}

function unknownName(given: string): Problem {
  const nearest = nearestName(given, HIDEABLE);
  const hint = nearest ? `did you mean “${nearest}”?` : `there are ${HIDEABLE.join(', ')}.`;
  return { key: 'hide', given, message: `There is nothing called “${given}” to hide; ${hint}` };
}

/** The part of a query that says it, without `?`; empty for the whole page. */
export function writeFrame({ hide, isEmbedded, isProjector, language, lesson }: Frame): string {
  return [
    // A comma is one in an address; encoded, nobody could read the names.
    ...(hide.length > 0 ? [`hide=${hide.join(',')}`] : []),
    ...(isEmbedded ? ['embed=1'] : []),
    ...(isProjector ? ['projector=1'] : []),
    ...(language ? [`lang=${encodeURIComponent(language)}`] : []),
    ...(lesson ? [`lesson=${encodeURIComponent(lesson.id)}`, `page=${lesson.page}`] : []),
  ].join('&');
}
