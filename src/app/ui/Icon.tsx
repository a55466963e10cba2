/** Line icons on a 16-unit grid, drawn in the colour of the text. Decorative: the control carries the name. */
const PATHS = {
  play: 'M5 3.2v9.6l8-4.8z',
  pause: 'M5 3.5v9M11 3.5v9',
  step: 'M4 3.5v9l6.5-4.5zM12.5 3.5v9',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.6v2.9h2.9',
  slow: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M8 5v3.2l2.2 1.6',
  settings: 'M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 2.7v3.6M5 9.7v3.6',
  link: 'M6.5 9.5l3-3M7 4.6l1.3-1.3a3 3 0 0 1 4.4 4.3L11.3 9M9 11.4l-1.3 1.3a3 3 0 0 1-4.4-4.3L4.7 7',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.3 5.3 0 1 0 6.6 6.6',
  info: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M8 7.3v3.6M8 5v.2',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3.2 8.4l3.2 3.1 6.4-7',
  chevron: 'M4 6l4 4 4-4',
  right: 'M3 8h9.5M9 4.5L12.5 8 9 11.5',
  code: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5',
  download: 'M8 2.5v7.3M4.8 6.8L8 10l3.2-3.2M3 13h10',
  upload: 'M8 10.2V2.7M4.8 5.7L8 2.5l3.2 3.2M3 13h10',
  undo: 'M5.5 3L2.8 5.7l2.7 2.7M3 5.7h6a3.6 3.6 0 0 1 0 7.2H6',
  book: 'M2.5 3.2h4A1.5 1.5 0 0 1 8 4.7v8.6a1.5 1.5 0 0 0-1.5-1.3h-4zM13.5 3.2h-4A1.5 1.5 0 0 0 8 4.7v8.6a1.5 1.5 0 0 1 1.5-1.3h4z',
  language:
    'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M2.4 8h11.2M8 2.2c-3.2 3.2-3.2 8.4 0 11.6M8 2.2c3.2 3.2 3.2 8.4 0 11.6',
  search: 'M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4M10.2 10.2l3.3 3.3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  const isSolid = name === 'play' || name === 'step';
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={isSolid ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The slashed zero of Kelvin. */
export function Mark() {
  return (
    <svg className="mark" width="26" height="26" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--ink)" />
      <ellipse cx="16" cy="16" rx="6.6" ry="9" fill="none" stroke="var(--paper)" strokeWidth="2.6" />
      <path d="M21.4 6.9 10.6 25.1" stroke="var(--deduction)" strokeWidth="2.6" strokeLinecap="round" />
    </svg>
  );
}
