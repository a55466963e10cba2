import type { Spawn, ToThread } from './protocol.ts';
import { serveShards } from './serve.ts';

/** No thread at all: shards are computed where they are asked for, one a turn of the event loop. */
export const spawnInline: Spawn = (listen) => {
  let isAlive = true;
  const handle = serveShards((message) => {
    if (isAlive) listen(message);
  });
  return {
    // As with a real thread, nobody hears an answer before the question has been asked to the end.
    post: (message: ToThread) => queueMicrotask(() => isAlive && handle(message)),
    terminate: () => {
      isAlive = false;
    },
  };
};
