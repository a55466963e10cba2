import { Tooltip } from 'radix-ui';
import { type CSSProperties, useState } from 'react';
import { DETECTORS } from '../detectors.ts';
import type { Annotation } from './annotations.ts';
import './annotations.css';

/** Findings on a chart: a line at their step, and a button that tells on hover, focus or press what was seen. */
export function Annotations({ annotations, xMax }: { annotations: readonly Annotation[]; xMax: number }) {
  if (annotations.length === 0) return null;
  return (
    <Tooltip.Provider delayDuration={0}>
      <div className="annotations">
        {annotations.map((annotation) => (
          <AnnotationButton
            key={`${annotation.run} ${annotation.detection.name} ${annotation.detection.step}`}
            annotation={annotation}
            share={annotation.x / xMax}
          />
        ))}
      </div>
    </Tooltip.Provider>
  );
}

function AnnotationButton({ annotation, share }: { annotation: Annotation; share: number }) {
  const [isOpen, setOpen] = useState(false);
  const { name, step, sentence, cure } = annotation.detection;
  const title = `${DETECTORS[name].label}, ${annotation.run ? `${annotation.run}, ` : ''}step ${step}`;
  return (
    <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
      <Tooltip.Trigger
        type="button"
        className="annotation"
        style={{ '--at': share, '--level': annotation.level } as CSSProperties}
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
          <p>{sentence}</p>
          <p className="muted">{cure}</p>
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
