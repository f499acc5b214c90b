import { printable } from '../../lambda/printable.ts';
import { escaped } from './markup.ts';
import type { SummaryCell, SummaryRow, SummaryTable } from './report.ts';

/** The table of all series for the page. Its heads are buttons that sort it; the name of a drawn series leads to its plot. */
export function summaryMarkup({ caption, head, rows }: SummaryTable): string {
  const heads = head.map((name) => `<th scope="col"><button type="button">${escaped(name)}</button></th>`);
  return `<section aria-labelledby="summary">
<h2 id="summary">All series</h2>
<div class="table summary" tabindex="0" role="region" aria-label="Table of all series"><table class="sortable">
<caption>${escaped(caption)}</caption>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody></table></div>
</section>`;
}

function row({ drawn, cells }: SummaryRow): string {
  const [name, ...others] = cells;
  const words = escaped(printable(name?.text ?? ''));
  const link = drawn === undefined ? words : `<a href="#series-${drawn}">${words}</a>`;
  return `<tr><th scope="row">${link}</th>${others.map(cell).join('')}</tr>`;
}

function cell({ text, value }: SummaryCell): string {
  const sortedBy = value === undefined ? '' : ` data-value="${value ?? ''}"`;
  return `<td${sortedBy}>${escaped(printable(text))}</td>`;
}
