import { elementOf, make } from './elements.ts';
import { count, pValue, signed, time, value } from './format.ts';
import type { ShownChange } from './shown-change.ts';

const mostRows = 50;

/** The change points of the opened series as a table, newest first. @returns what shows others */
export function changesTable(): (changes: readonly ShownChange[], caption: string) => void {
  const body = elementOf('changes', HTMLTableSectionElement);
  const title = elementOf('changes-title', HTMLElement);
  let shown: readonly ShownChange[] | undefined;
  return (changes, caption) => {
    title.textContent = caption;
    if (changes === shown) return;
    shown = changes;
    body.replaceChildren(...changes.slice(-mostRows).reverse().map(row));
  };
}

function row(change: ShownChange): HTMLTableRowElement {
  const cells = [
    time(change.changedAt),
    time(change.detectedAt),
    count(change.delay),
    `${value(change.before)} → ${value(change.after)}`,
    `${change.direction === 'up' ? '▲' : '▼'} ${signed(change.magnitude)}`,
    pValue(change.pValue),
  ];
  const element = make('tr');
  element.append(...cells.map((text) => make('td', { text })));
  return element;
}
