/** The links that a teacher hands out. */
import { type Frame, writeFrame } from '../../run/frame.ts';

/** The address of a lesson; `home` is that of the page, without what stands behind `?` or `#`. */
export function lessonLink(home: string, frame: Frame): string {
  return `${home}?${writeFrame(frame)}`;
}

/** What a learning platform takes into a page of its own; the link is to have `embed=1`. */
export function embedSnippet(link: string, title: string): string {
  return `<iframe src="${escapeAttribute(link)}" title="${escapeAttribute(title)}" sandbox="allow-scripts" width="100%" height="720" style="border:0"></iframe>`;
}

/** Whether nobody but this machine can follow a link to a host. */
export function isLocal(host: string): boolean {
  return host === '' || host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
