import type { Chosen } from '../chosen/chosen.ts';
import { elementOf, make } from '../elements.ts';
import { oncePerFrame } from '../frame.ts';
import { onColourScheme } from '../plot-colours.ts';
import type { Board, Row } from './board.ts';
import { heardAt, listedRows } from './listed-rows.ts';
import { addSlot, drawRow, rowHeight, type Slot } from './series-slot.ts';
import type { SparklineColours } from './sparkline.ts';

/** Rows drawn beyond each edge of the visible list, so that they are there when it scrolls. */
const spareRows = 3;

/** How a row was opened. */
export type Opening = 'press' | 'arrows' | 'enter';

/** What is listed: which rows, in which order. */
export type ListChoice = Pick<Chosen, 'find' | 'show' | 'order'>;

/** The list of all series. Only the visible rows are in the document. */
export interface SeriesList {
  /** Shows another board. @param isOther - whether its series may be others than before */
  update(board: Board, isOther: boolean): void;
  /** Lists what is chosen. */
  choose(choice: ListChoice): void;
  /** Marks a series as the opened one, and scrolls to it. */
  select(seriesId: string): void;
  /** The rows that are listed, in their order. */
  readonly rows: readonly Row[];
  focus(): void;
}

/**
 * A listbox. The arrow keys, Home, End, Page Up and Page Down select a row and open its series.
 *
 * @param onOpen - called with a series that was pressed or moved to
 * @param onListed - called when other rows are listed, or in another order
 */
export function seriesList(
  onOpen: (seriesId: string, by: Opening) => void,
  onListed: () => void,
): SeriesList {
  const box = elementOf('series-list', HTMLDivElement);
  const space = make('div', { className: 'rows' });
  space.setAttribute('role', 'presentation');
  box.append(space);

  const lister = listedRows();
  let choice: ListChoice = { find: '', show: 'all', order: 'change' };
  let board: Board = new Map();
  let arranged = '';
  let listed: readonly number[] = [];
  let selected: string | undefined;
  let colours = sparklineColoursOf(box);
  const slots: Slot[] = [];

  function arrange(): void {
    listed = lister.of(board, choice);
    space.style.height = `${listed.length * rowHeight}px`;
    onListed();
  }

  const draw = oncePerFrame(() => {
    const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - spareRows);
    const last = Math.min(
      listed.length,
      Math.ceil((box.scrollTop + box.clientHeight) / rowHeight) + spareRows,
    );
    while (slots.length < last - first) slots.push(addSlot(space));
    for (const [at, slot] of slots.entries()) {
      const place = first + at;
      const row = board.get(listed[place] ?? -1);
      slot.element.hidden = place >= last || row === undefined;
      if (row === undefined || place >= last) continue;
      drawRow(slot, row, { place, of: listed.length, selected: row.seriesId === selected, colours });
    }
    const active = slots.find(({ element }) => !element.hidden && element.ariaSelected === 'true');
    if (active === undefined) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', active.element.id);
  });

  const placeOfSelected = () => listed.findIndex((index) => board.get(index)?.seriesId === selected);

  function showSelected(): void {
    const place = placeOfSelected();
    if (place === -1) return;
    const top = place * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = top + rowHeight - box.clientHeight;
    }
  }

  function open(place: number, by: Opening): void {
    const row = board.get(listed[Math.min(listed.length - 1, Math.max(0, place))] ?? -1);
    if (row !== undefined) onOpen(row.seriesId, by);
  }

  box.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);
    const at = placeOfSelected();
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: listed.length - 1,
    };
    if (event.key === 'Enter' && at !== -1) return open(at, 'enter');
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    open(target, 'arrows');
  });
  box.addEventListener('click', ({ target }) => {
    // The list may be in another order already than the one that is drawn: what was pressed is what the row shows.
    const pressed = slots.find(({ element }) => target instanceof Node && element.contains(target))?.shown;
    if (pressed !== undefined) onOpen(pressed.seriesId, 'press');
  });
  box.addEventListener('scroll', draw, { passive: true });
  new ResizeObserver(draw).observe(box);
  onColourScheme(() => {
    colours = sparklineColoursOf(box);
    draw();
  });
  // "12 s ago" must count up even without news.
  setInterval(draw, 1000);

  return {
    update(next, isOther) {
      board = next;
      if (isOther) lister.reset();
      const by = arrangedBy(next);
      if (isOther || by !== arranged) arrange();
      arranged = by;
      draw();
    },
    choose(next) {
      const isSame = next.find === choice.find && next.show === choice.show && next.order === choice.order;
      if (isSame) return;
      choice = next;
      arrange();
      showSelected();
      draw();
    },
    select(seriesId) {
      selected = seriesId;
      showSelected();
      draw();
    },
    get rows() {
      return listed.flatMap((index) => board.get(index) ?? []);
    },
    focus: () => box.focus(),
  };
}

/** What of a board the choice and the order of its rows follow from. */
function arrangedBy(board: Board): string {
  let newest = Number.NEGATIVE_INFINITY;
  let unacknowledged = 0;
  for (const row of board.values()) {
    newest = Math.max(newest, heardAt(row));
    unacknowledged += row.unacknowledged;
  }
  return `${board.size} ${newest} ${unacknowledged}`;
}

function sparklineColoursOf(element: Element): SparklineColours {
  const style = getComputedStyle(element);
  return { line: style.getPropertyValue('--line').trim(), level: style.getPropertyValue('--faint').trim() };
}
