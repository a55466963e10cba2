import type { ReactNode } from 'react';
import { usePage } from '../context.tsx';

/**
 * A link out of the lab, which opens beside it: a run may be going on here. A frame of another page may open nothing
 * beside it, so there the link leads on in the frame. What it leads to is written in English.
 */
export function OutwardLink({ to, children }: { to: string; children: ReactNode }) {
  const { frame } = usePage();
  return (
    <a
      className="outward"
      href={to}
      hrefLang="en"
      rel="noopener"
      target={frame.isEmbedded ? undefined : '_blank'}
    >
      {children}
    </a>
  );
}
