import { typeset } from '../../lambda/figures.ts';
import { type ShownTimes, shownTimes } from './chosen/shown-times.ts';
import { elementOf, make, setText } from './elements.ts';
import { keptChildren } from './kept-children.ts';
import type { ShownChange } from './shown-change.ts';

const mostRows = 50;

/** What the reader may do with a change. */
export interface ChangeActions {
  /** Its time was pressed. */
  readonly choose: (change: ShownChange) => void;
  /** It is to be acknowledged; absent where nothing may be written. */
  readonly acknowledge?: (change: ShownChange) => void;
  /** Its acknowledgement is to be taken back; absent where nothing may be written. */
  readonly takeBack?: (change: ShownChange) => void;
}

/**
 * The change points of the opened series as a table, newest first.
 *
 * @returns a function that shows other changes under another caption
 */
export function changesTable(
  actions: () => ChangeActions,
  times: ShownTimes = shownTimes(),
): (changes: readonly ShownChange[], caption: string) => void {
  const body = elementOf('changes', HTMLTableSectionElement);
  const title = elementOf('changes-title', HTMLElement);
  const panel = elementOf('opened', HTMLElement);
  const asShown = () => `${times.zone} ${actions().acknowledge !== undefined}`;
  const showRows = keptChildren<ShownChange>(
    body,
    (change) => `${asShown()} ${JSON.stringify(change)}`,
    (change) => row(change, actions(), times),
  );
  let shown: readonly ShownChange[] | undefined;
  let shownAs = '';
  return (changes, caption) => {
    setText(title, `${caption}, times in ${times.name}`);
    const as = asShown();
    if (changes === shown && as === shownAs) return;
    shown = changes;
    shownAs = as;
    const focused = [...body.children].findIndex((one) => one.contains(document.activeElement));
    const before = body.childElementCount;
    showRows(changes.slice(-mostRows).reverse());
    if (focused < 0 || body.contains(document.activeElement)) return;
    // The row with the focus was made anew, since what became of its change is another. New rows are on top of it.
    const anew = body.children[focused + body.childElementCount - before];
    ([...(anew?.querySelectorAll('button') ?? [])].at(-1) ?? panel).focus();
  };
}

function row(
  change: ShownChange,
  { choose, ...writes }: ChangeActions,
  times: ShownTimes,
): HTMLTableRowElement {
  const since = make('button', { className: 'zoom' });
  since.type = 'button';
  since.append(...dateAndTime(times.text(change.changedAt)));
  since.addEventListener('click', () => choose(change));
  const element = make('tr');
  element.append(
    cell('since', since, ...placeRange(change, times)),
    cell('known', ...dateAndTime(times.text(change.detectedAt))),
    cell('delay', typeset.count(change.delay)),
    cell('level', change.moved.levels),
    cell('size', `${change.direction === 'up' ? '▲' : '▼'} ${change.moved.size}`, ...sizeRange(change)),
    cell('kind', change.kind ?? '–'),
    cell('p', typeset.pValue(change.pValue, change.level)),
    standingCell(change, writes),
  );
  return element;
}

/** Where the change may be; the date again only if the day ends between. */
function placeRange({ interval }: ShownChange, times: ShownTimes): Node[] {
  if (interval === undefined) return [];
  const [from, to] = [times.text(interval.from), times.text(interval.to)];
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
function dateAndTime(text: string): (string | Node)[] {
  const [date = '', clock = ''] = text.split(' ');
  return [make('span', { className: 'unbroken', text: date }), ' ', make('span', { text: clock })];
}

/** Whether it was told, or retracted, and who took note of it; the button for the latter, or to take that back. */
function standingCell(
  change: ShownChange,
  { acknowledge, takeBack }: Omit<ChangeActions, 'choose'>,
): HTMLTableCellElement {
  const { standing } = change;
  if (standing === undefined) return cell('standing', '–');
  const { by, note, isTold, isMuted, isRetracted } = standing;
  const element = cell('standing');
  const say = (text: string, className = '') => element.append(make('span', { className, text }));
  if (isRetracted) say('retracted: its readings were deleted or corrected');
  else if (!isTold) say('not told yet', 'untold');
  if (isMuted) say('muted: people were not told');
  if (by !== undefined) say(`✓ ${by}`);
  if (note !== undefined) say(note, 'note');
  const [text, act] = by === undefined ? ['Acknowledge', acknowledge] : ['Take back', takeBack];
  if (isRetracted) return element;
  if (act !== undefined) element.append(actButton(text, () => act(change)));
  else if (by === undefined) say('not acknowledged');
  return element;
}

function actButton(text: string, act: () => void): HTMLButtonElement {
  const button = make('button', { className: 'acknowledge', text });
  button.type = 'button';
  button.addEventListener('click', act);
  return button;
}
