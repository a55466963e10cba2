import { Tooltip } from 'radix-ui';
import { type CSSProperties, useState } from 'react';
import { DETECTORS } from '../detectors.ts';
import type { Annotation } from './annotations.ts';
import './annotations.css';
import { again, t } from '../../words/words.ts';

/** Findings on a chart: a line at their step, and a button that tells on hover, focus or press what was seen. */
export function Annotations({ annotations }: { annotations: readonly Annotation[] }) {
  if (annotations.length === 0) return null;
  return (
    <Tooltip.Provider delayDuration={0}>
      <div className="annotations">
        {annotations.map((annotation) => (
          <AnnotationButton
            key={`${annotation.run} ${annotation.detection.name} ${annotation.detection.step}`}
            annotation={annotation}
          />
        ))}
      </div>
    </Tooltip.Provider>
  );
}

function AnnotationButton({ annotation }: { annotation: Annotation }) {
  const [isOpen, setOpen] = useState(false);
  const { name, step, sentence, cure } = annotation.detection;
  const label = again(DETECTORS[name].label);
  const title = annotation.run
    ? t('{label}, {run}, step {step}', { label, run: again(annotation.run), step })
    : t('{label}, step {step}', { label, step });
  return (
    <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
      <Tooltip.Trigger
        type="button"
        className="annotation"
        style={{ '--x': annotation.x, '--level': annotation.level } as CSSProperties}
        aria-label={title}
        // A press would close it, and a finger has nothing but presses.
        onPointerDown={(press) => press.preventDefault()}
        onClick={(press) => {
          press.preventDefault();
          setOpen(true);
        }}
      >
        <span aria-hidden="true">!</span>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="annotation-note" sideOffset={4} collisionPadding={12}>
          <strong>{title}</strong>
          <p>{again(sentence)}</p>
          <p className="muted">{again(cure)}</p>
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
