/** A page with nothing but the bench in a worker, where the lab's trainer lives too; driven by `browser.ts`. */
import type { Answer, Question } from './worker.ts';

declare global {
  interface Window {
    bench(question: Question): Promise<Answer>;
  }
}

window.bench = (question) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<{ say: string } | { error: string } | { answer: Answer }>) => {
      if ('say' in data) console.log(data.say);
      else if ('error' in data) reject(new Error(data.error));
      else resolve(data.answer);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(question);
  return answer.finally(() => worker.terminate());
};
