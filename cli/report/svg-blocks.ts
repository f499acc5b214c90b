import { withoutControls } from '../../lambda/printable.ts';
import { shortened } from '../shortened.ts';
import { kindsIn } from './kinds-in.ts';
import { markStyles } from './mark-styles.ts';
import { symbol } from './markup.ts';
import type { Report } from './report.ts';
import { pictureWidth, svgText, textWidth, wrapped } from './svg-text.ts';

/** A part of a picture above its plots. */
export interface Block {
  readonly height: number;
  /** @param y - of its upper edge */
  at(y: number): readonly string[];
}

const margin = 16;
const small = 'font-size="11" fill="#555"';
const lineHeight = 15;
const legendHeight = 26;
/** Rows of the summary table that a picture shows at most: series with a change come first. */
const mostRows = 24;
const longestName = 48;
const longestLine = 145;

/** The notes, and what was read and tested. */
export function factsBlock({ notes, facts = [] }: Report): Block {
  const lines = [...notes, ...facts.map(({ name, text }) => `${name}: ${text}`)].flatMap((line) =>
    wrapped(withoutControls(line), longestLine),
  );
  return {
    height: lines.length === 0 ? 0 : lines.length * lineHeight + 8,
    at: (y) => lines.map((line, index) => svgText(margin, y + 11 + index * lineHeight, line, small)),
  };
}

export function legendBlock(report: Report): Block {
  const rows: string[][] = [];
  let x = Infinity;
  for (const kind of kindsIn(report)) {
    const { legend } = markStyles[kind];
    const width = 44 + textWidth(legend, 12);
    if (x + width > pictureWidth) {
      rows.push([]);
      x = 24;
    }
    const [left, y] = [x, (rows.length - 1) * legendHeight + 14];
    rows.at(-1)?.push(symbol(kind, left, y - 4), svgText(left + 13, y, legend, 'font-size="12"'));
    x += width;
  }
  return {
    height: rows.length * legendHeight,
    at: (y) => (rows.length === 0 ? [] : [`<g transform="translate(0 ${y})">`, ...rows.flat(), '</g>']),
  };
}

/** The first rows of the table of all series. */
export function summaryBlock({ summary }: Report): Block {
  if (summary === undefined) return { height: 0, at: () => [] };
  const shown = summary.rows
    .slice(0, mostRows)
    .map(({ cells }) => cells.map(({ text }) => shortened(text, longestName)));
  const rest = summary.rows.length - shown.length;
  const lines = [summary.head, ...shown];
  const columns = summary.head.map((_, column) =>
    Math.max(...lines.map((cells) => textWidth(cells[column] ?? '', 11))),
  );
  const lefts = columns.map((_, column) =>
    columns.slice(0, column).reduce((left, width) => left + width + 16, margin),
  );
  const more = rest > 0 ? [`and ${rest} more rows`] : [];
  return {
    height: (lines.length + more.length + 1) * lineHeight + 8,
    at: (y) => [
      svgText(margin, y + 11, summary.caption, `${small} font-style="italic"`),
      ...lines.flatMap((cells, row) =>
        cells.map((text, column) =>
          svgText(
            lefts[column] ?? margin,
            y + 11 + (row + 1) * lineHeight,
            text,
            row === 0 ? `${small} font-weight="bold"` : 'font-size="11"',
          ),
        ),
      ),
      ...more.map((text) => svgText(margin, y + 11 + (lines.length + 1) * lineHeight, text, small)),
    ],
  };
}
