import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { printable } from '../../lambda/printable.ts';
import { tickParts } from '../../lambda/times.ts';
import { escaped, symbol } from './markup.ts';
import { kindsIn, markStyles, type Report, type ReportSeries, type ReportTable } from './report.ts';

const packages = createRequire(import.meta.url);

/** The report as one page that needs no network. It has plots to zoom into, and their content as tables. */
export function renderHtml(report: Report): string {
  const own = (name: string) => readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8');
  const ofPackage = (path: string) => readFileSync(packages.resolve(path), 'utf8');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${escaped(printable(report.title))}</title>
<style>${ofPackage('uplot/dist/uPlot.min.css')}
${own('page.css')}</style>
</head>
<body>
<header>
<h1>${escaped(printable(report.title))}</h1>
${report.notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
${legend(report)}
</header>
<main>
${report.series.map(section).join('\n')}
</main>
<script id="report" type="application/json">${inScript(drawing(report))}</script>
<script>${ofPackage('uplot/dist/uPlot.iife.min.js')}</script>
<script>${own('draw.js')}</script>
</body>
</html>
`;
}

function legend(report: Report): string {
  const items = kindsIn(report).map(
    (kind) =>
      `<li><svg width="14" height="16" aria-hidden="true">${symbol(kind, 7, 8)}</svg> ${escaped(markStyles[kind].legend)}</li>`,
  );
  return items.length === 0
    ? ''
    : `<ul class="legend" aria-label="What the marks mean">${items.join('')}</ul>`;
}

const buttons = [
  ['in', 'Zoom in', '+'],
  ['out', 'Zoom out', '−'],
  ['left', 'Move left', '←'],
  ['right', 'Move right', '→'],
  ['all', 'Show all', 'all'],
] as const;

function section(series: ReportSeries, index: number): string {
  const id = `series-${index}`;
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${escaped(printable(series.name))}</h2>
<div class="zoom" role="group" aria-label="Zoom">${buttons
    .map(
      ([action, label, face]) =>
        `<button type="button" data-action="${action}" aria-label="${label}">${face}</button>`,
    )
    .join('')}</div>
<div class="plot" data-series="${index}" role="img" aria-label="${escaped(series.description)}"></div>
${series.tables.map(table).join('\n')}
</section>`;
}

function table({ caption, head, rows }: ReportTable): string {
  const cells = (tag: 'td' | 'th scope="col"', texts: readonly string[]) =>
    texts.map((words) => `<${tag}>${escaped(printable(words))}</${tag.slice(0, 2)}>`).join('');
  return `<div class="table" tabindex="0" role="region" aria-label="${escaped(caption)}"><table>
<caption>${escaped(caption)}</caption>
<thead><tr>${cells('th scope="col"', head)}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}
</tbody></table></div>`;
}

/** What the script in the page draws. */
function drawing({ xIs, unit, series }: Report) {
  return {
    xIs,
    unit,
    markStyles,
    tickParts,
    series: series.map(({ points, levels, intervals, delays, marks }) => ({
      points,
      levels,
      intervals,
      delays,
      marks,
    })),
  };
}

/** JSON that cannot end its script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
