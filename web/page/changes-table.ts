import { typeset } from '../../lambda/figures.ts';
import { utcTime } from '../../lambda/times.ts';
import { elementOf, make, setText } from './elements.ts';
import type { ShownChange } from './shown-change.ts';

const mostRows = 50;

/**
 * The change points of the opened series as a table, newest first.
 *
 * @param onChoose - called with a change when its time is pressed
 * @returns a function that shows other changes under another caption
 */
export function changesTable(
  onChoose: (change: ShownChange) => void,
): (changes: readonly ShownChange[], caption: string) => void {
  const body = elementOf('changes', HTMLTableSectionElement);
  const title = elementOf('changes-title', HTMLElement);
  let shown: readonly ShownChange[] | undefined;
  return (changes, caption) => {
    setText(title, caption);
    if (changes === shown) return;
    shown = changes;
    const newest = changes.slice(-mostRows).reverse();
    body.replaceChildren(...newest.map((change) => row(change, () => onChoose(change))));
  };
}

function row(change: ShownChange, choose: () => void): HTMLTableRowElement {
  const since = make('button', { className: 'zoom' });
  since.type = 'button';
  since.append(...dateAndTime(change.changedAt));
  since.addEventListener('click', choose);
  const element = make('tr');
  element.append(
    cell('since', since, ...placeRange(change)),
    cell('known', ...dateAndTime(change.detectedAt)),
    cell('delay', typeset.count(change.delay)),
    cell('level', change.moved.levels),
    cell('size', `${change.direction === 'up' ? '▲' : '▼'} ${change.moved.size}`, ...sizeRange(change)),
    cell('kind', change.kind ?? '–'),
    cell('p', typeset.pValue(change.pValue, change.level)),
  );
  return element;
}

/** Where the change may be; the date again only if the day ends between. */
function placeRange({ interval }: ShownChange): Node[] {
  if (interval === undefined) return [];
  const [from, to] = [utcTime(interval.from), utcTime(interval.to)];
  const [date = '', clock = ''] = to.split(' ');
  return [rangeLine(`${from} – ${from.startsWith(date) ? clock : to}`)];
}

function sizeRange({ moved: { sizeRange: range } }: ShownChange): Node[] {
  return range ? [rangeLine(range)] : [];
}

/** A 95 % interval, on a line of its own. */
function rangeLine(text: string): Node {
  return make('span', { className: 'range', text: `95 %: ${text}` });
}

function cell(className: string, ...content: readonly (string | Node)[]): HTMLTableCellElement {
  const element = make('td', { className });
  element.append(...content);
  return element;
}

/** A date and a time. The line may break between them, and nowhere else. */
function dateAndTime(milliseconds: number): (string | Node)[] {
  const [date = '', clock = ''] = utcTime(milliseconds).split(' ');
  return [make('span', { className: 'unbroken', text: date }), ' ', make('span', { text: clock })];
}
