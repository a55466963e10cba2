import { Tooltip } from 'radix-ui';
import { type CSSProperties, useState } from 'react';
import { DETECTORS } from '../detectors.ts';
import type { Pin } from './pins.ts';
import './pins.css';

/** Findings on a chart: a line at their step, and a button that tells on hover, focus or press what was seen. */
export function Pins({ pins, xMax }: { pins: readonly Pin[]; xMax: number }) {
  if (pins.length === 0) return null;
  return (
    <Tooltip.Provider delayDuration={0}>
      <div className="pins">
        {pins.map((pin) => (
          <PinButton
            key={`${pin.run} ${pin.detection.name} ${pin.detection.step}`}
            pin={pin}
            share={pin.x / xMax}
          />
        ))}
      </div>
    </Tooltip.Provider>
  );
}

function PinButton({ pin, share }: { pin: Pin; share: number }) {
  const [isOpen, setOpen] = useState(false);
  const { name, step, sentence, cure } = pin.detection;
  const title = `${DETECTORS[name].label}, ${pin.run ? `${pin.run}, ` : ''}step ${step}`;
  return (
    <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
      <Tooltip.Trigger
        type="button"
        className="pin"
        style={{ '--at': share, '--level': pin.level } as CSSProperties}
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
        <Tooltip.Content className="pin-note" sideOffset={4} collisionPadding={12}>
          <strong>{title}</strong>
          <p>{sentence}</p>
          <p className="muted">{cure}</p>
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
