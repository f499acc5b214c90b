/** The script of a report, in the reader's browser: plots to zoom into, and a table to sort. The report's data stand in the page. */
import type { Drawing } from '../drawing.ts';
import { plotIn, type ReportPlot } from './plot.ts';
import { sortable } from './sort-table.ts';

const data = JSON.parse(document.getElementById('report')?.textContent ?? '') as Drawing;
const dark = matchMedia('(prefers-color-scheme: dark)');
const undrawn = new Set(document.querySelectorAll<HTMLElement>('.plot'));
/** A plot is drawn when the reader comes near it: many series would take long at once. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target as HTMLElement);
  },
  { rootMargin: '800px' },
);

for (const element of undrawn) near.observe(element);
addEventListener('beforeprint', () => {
  for (const element of undrawn) draw(element);
});
for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) sortable(table);

function draw(element: HTMLElement): void {
  const series = data.series[Number(element.dataset.series)];
  if (series === undefined || !undrawn.delete(element)) return;
  near.unobserve(element);
  let plot: ReportPlot = plotIn(element, series, data);
  let width = element.clientWidth;
  const again = () => {
    const stretch = plot.stretch();
    plot.remove();
    plot = plotIn(element, series, data);
    plot.show(stretch);
  };
  new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    again();
  }).observe(element);
  dark.addEventListener('change', again);
  element.parentElement?.querySelector('.zoom')?.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLElement && target.dataset.action !== undefined)
      plot.zoom(target.dataset.action);
  });
}
