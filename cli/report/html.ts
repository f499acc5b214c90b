import { printable, withoutControls } from '../../lambda/printable.ts';
import { drawingOf } from './drawing.ts';
import { kindsIn } from './kinds-in.ts';
import { markStyles } from './mark-styles.ts';
import { escaped, symbol } from './markup.ts';
import { pageParts } from './page-parts.ts';
import type { Report, ReportSeries, ReportTable } from './report.ts';
import { summaryMarkup } from './summary-markup.ts';

/** The report as one page that needs no network. It has plots to zoom into, and their content as tables. */
export function renderHtml(report: Report): string {
  const { style, script } = pageParts();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${escaped(printable(report.title))}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(printable(report.title))}</h1>
${report.notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
${facts(report)}
</header>
<main>
${report.summary === undefined ? '' : summaryMarkup(report.summary)}
${legend(report)}
${columns(report)}
${report.series.map(section).join('\n')}
${further(report)}
</main>
<script id="report" type="application/json">${inScript(drawingOf(report))}</script>
<script>${script}</script>
</body>
</html>
`;
}

function facts({ facts = [] }: Report): string {
  const items = facts.map(
    ({ name, text }) => `<dt>${escaped(name)}</dt><dd>${escaped(withoutControls(text))}</dd>`,
  );
  return items.length === 0 ? '' : `<dl>${items.join('\n')}</dl>`;
}

function legend(report: Report): string {
  const items = kindsIn(report).map(
    (kind) =>
      `<li><svg width="18" height="16" aria-hidden="true">${symbol(kind, 9, 8)}</svg> ${escaped(markStyles[kind].legend)}</li>`,
  );
  return items.length === 0
    ? ''
    : `<ul class="legend" aria-label="What the marks mean">${items.join('')}</ul>`;
}

function columns({ columns = [] }: Report): string {
  const items = columns.map((text) => `<li>${escaped(text)}</li>`);
  return items.length === 0
    ? ''
    : `<ul class="columns" aria-label="What the columns mean">${items.join('')}</ul>`;
}

/** The table of all series, where there is one, says more of those without a plot. */
function further({ further = 0, summary }: Report): string {
  return further > 0 && summary === undefined ? `<p>and ${further} more series</p>` : '';
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
<h2 id="${id}" tabindex="-1">${escaped(printable(series.name))}</h2>
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

/** JSON that cannot end its script element. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
