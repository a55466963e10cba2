import { qrDrawing } from './qr.ts';

/** Black on white in both themes: readers take a code the other way round for none. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { side, path } = qrDrawing(text);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
