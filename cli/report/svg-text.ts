import { escaped } from './markup.ts';

export const pictureWidth = 960;
export const fonts = 'DejaVu Sans, Helvetica, Arial, sans-serif';

export function svgText(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(words)}</text>`;
}

/** About how wide a text is, in pixels. */
export function textWidth(words: string, fontSize: number): number {
  return words.length * fontSize * 0.58;
}

/** A bold text in a space of some pixels: if it is too long, its middle is left out, and a pointer shows the whole. */
export function boldText(x: number, y: number, words: string, fontSize: number, width: number): string {
  const attributes = `font-size="${fontSize}" font-weight="bold" fill="#111"`;
  const most = Math.max(8, Math.floor(width / textWidth('m', 1.2 * fontSize)));
  const characters = [...words];
  if (characters.length <= most) return svgText(x, y, words, attributes);
  const half = (most - 1) / 2;
  const short = [...characters.slice(0, Math.ceil(half)), '…', ...characters.slice(-Math.floor(half))].join(
    '',
  );
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(short)}<title>${escaped(words)}</title></text>`;
}

/** A text in lines of at most so many characters, cut between words; a longer word is cut. */
export function wrapped(words: string, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ').flatMap((one) => one.match(new RegExp(`.{1,${most}}`, 'gsu')) ?? [])) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
