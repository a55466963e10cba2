/** The trainer worker: owns the engine, hears commands, tells events. */
import { createReasoner } from '../reasoner/engine.ts';
import type { Command, Event } from '../run/protocol.ts';
import { connectSandbox } from '../sandbox/client.ts';
import { TrainerSession } from './session.ts';
import { fetchShippedBase } from './shippedBase.ts';

/** The part of the worker's global scope used here; the DOM library only describes pages. */
interface WorkerScope {
  postMessage(message: Event, transfer?: Transferable[]): void;
  onmessage: ((message: MessageEvent<Command>) => void) | null;
}

const scope = self as unknown as WorkerScope;

const session = new TrainerSession({
  emit: (event) => scope.postMessage(event, event.type === 'checkpoint' ? [event.bytes.buffer] : []),
  createReasoner,
  fetchBase: fetchShippedBase,
  connectSandbox,
});

scope.onmessage = ({ data }) => session.handle(data);
