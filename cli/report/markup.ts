import { type MarkKind, markStyles, shadeOpacity } from './mark-styles.ts';

/** The symbol of a mark, for a legend. */
export function symbol(kind: MarkKind, x: number, y: number): string {
  const { colour, shape } = markStyles[kind];
  if (shape === 'line') return `<path d="M${x},${y - 7}V${y + 7}" stroke="${colour}" stroke-width="1.6"/>`;
  if (shape === 'span') {
    const opacity = 0.1 + shadeOpacity[kind as keyof typeof shadeOpacity];
    return `<rect x="${x - 5}" y="${y - 7}" width="10" height="14" fill="${colour}" fill-opacity="${opacity}"/>`;
  }
  if (shape === 'dash')
    return `<path d="M${x - 8},${y}H${x + 8}" stroke="currentColor" stroke-width="1.5" stroke-dasharray="5 3"/>`;
  if (shape === 'ring')
    return `<circle cx="${x}" cy="${y}" r="5.5" fill="none" stroke="${colour}" stroke-width="1.8"/>`;
  if (shape === 'dot') return `<circle cx="${x}" cy="${y}" r="5" fill="${colour}"/>`;
  return `<path d="M${x},${y - 6}L${x + 5.5},${y + 4}H${x - 5.5}Z" fill="${colour}"/>`;
}

/** Characters that XML does not allow, lone surrogates included. One of them makes a file unreadable. */
const unspeakable = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text escaped for HTML and XML, also within quotes. Characters that they do not allow become U+FFFD. */
export function escaped(words: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return words
    .replaceAll(unspeakable, '\uFFFD')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
