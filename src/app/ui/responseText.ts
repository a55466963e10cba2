/** Takes a response apart, as `render` of the tokenizer wrote it: `<think>`, line labels `<3>`, `<ans>`, `<eos>`. */

export type ResponsePart =
  | { type: 'marker'; name: string }
  | { type: 'label'; line: number }
  | { type: 'text'; text: string };

const TOKEN =
  /<(\d{1,2}|think|ans|in|out|ref|prog|msg|eos|pad|propose:(?:ded|abd|ind)|solve:(?:ded|abd|ind|err|math))>/g;

export function responseParts(response: string): ResponsePart[] {
  const parts: ResponsePart[] = [];
  let at = 0;
  const addText = (end: number) => {
    if (end > at) parts.push({ type: 'text', text: response.slice(at, end) });
  };
  for (const match of response.matchAll(TOKEN)) {
    addText(match.index);
    const name = match[1] as string;
    parts.push(/^\d/.test(name) ? { type: 'label', line: Number(name) } : { type: 'marker', name });
    at = match.index + match[0].length;
  }
  addText(response.length);
  return parts;
}

/** Thought and answer of a solution; the thought is null when it answered at once. */
export function splitSolution(response: string): { thought: string | null; answer: string } {
  const body = response.replace(/<eos>$/, '');
  const at = body.lastIndexOf('<ans>');
  const before = at < 0 ? body : body.slice(0, at);
  const answer = at < 0 ? '' : body.slice(at + '<ans>'.length);
  const thinkAt = before.indexOf('<think>');
  return {
    thought: thinkAt < 0 ? null : before.slice(thinkAt + '<think>'.length),
    answer: answer.trim(),
  };
}
