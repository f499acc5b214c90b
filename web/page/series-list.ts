import { typeset } from '../../lambda/figures.ts';
import type { Board } from './board.ts';
import { elementOf, make, setText } from './elements.ts';
import { oncePerFrame } from './frame.ts';
import { onColourScheme } from './plot-colours.ts';
import { addSlot, drawRow, heardAt, rowHeight, type Slot } from './series-slot.ts';
import type { SparklineColours } from './sparkline.ts';

/** Rows drawn beyond each edge of the visible list, so that they are there when it scrolls. */
const spareRows = 3;
const byName = new Intl.Collator('en', { numeric: true });

/** The list of all series. Only the visible rows are in the document. */
export interface SeriesList {
  /** @param unshown - number of series for which the board has no room */
  update(board: Board, unshown: number): void;
  /** Marks a series as the opened one, and scrolls to it. */
  select(seriesId: string): void;
}

/** A listbox. The arrow keys, Home, End, Page Up and Page Down select a row and open its series. */
export function seriesList(onOpen: (seriesId: string) => void): SeriesList {
  const box = elementOf('series-list', HTMLDivElement);
  const filter = elementOf('filter', HTMLInputElement);
  const order = elementOf('order', HTMLSelectElement);
  const total = elementOf('list-count', HTMLElement);
  const space = make('div', { className: 'rows' });
  space.setAttribute('role', 'presentation');
  box.append(space);

  let board: Board = new Map();
  let beyond = 0;
  /** Time of the newest notification by which the list is sorted. */
  let newestChange = Number.NEGATIVE_INFINITY;
  let listed: readonly number[] = [];
  let selected: string | undefined;
  let colours = sparklineColoursOf(box);
  const slots: Slot[] = [];

  function arrange(): void {
    const wanted = filter.value.trim().toLowerCase();
    const rows = [...board.values()].filter(({ name }) => name.toLowerCase().includes(wanted));
    rows.sort((a, b) => byName.compare(a.name, b.name));
    if (order.value === 'change') rows.sort((a, b) => heardAt(b) - heardAt(a));
    listed = rows.map(({ index }) => index);
    const all = typeset.counted(board.size, 'series', 'series');
    const more = beyond === 0 ? '' : `; ${typeset.count(beyond)} more are not shown`;
    setText(total, `${wanted === '' ? all : `${typeset.count(rows.length)} of ${all}`}${more}`);
    space.style.height = `${listed.length * rowHeight}px`;
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

  function showSelected(): void {
    const place = listed.findIndex((index) => board.get(index)?.seriesId === selected);
    if (place === -1) return;
    const top = place * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight > box.scrollTop + box.clientHeight) {
      box.scrollTop = top + rowHeight - box.clientHeight;
    }
  }

  function open(place: number): void {
    const row = board.get(listed[Math.min(listed.length - 1, Math.max(0, place))] ?? -1);
    if (row !== undefined) onOpen(row.seriesId);
  }

  box.addEventListener('keydown', (event) => {
    const page = Math.max(1, Math.floor(box.clientHeight / rowHeight) - 1);
    const at = listed.findIndex((index) => board.get(index)?.seriesId === selected);
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: listed.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    open(target);
  });
  box.addEventListener('click', ({ target }) => {
    const element = target instanceof Element ? target.closest('[role=option]') : null;
    if (element instanceof HTMLElement) open(Number(element.ariaPosInSet) - 1);
  });
  box.addEventListener('scroll', draw, { passive: true });
  new ResizeObserver(draw).observe(box);
  for (const control of [filter, order]) {
    control.addEventListener('input', () => {
      arrange();
      draw();
    });
  }
  onColourScheme(() => {
    colours = sparklineColoursOf(box);
    for (const slot of slots) slot.drawn = undefined;
    draw();
  });
  // "12 s ago" must count up even without news.
  setInterval(draw, 1000);

  return {
    update(next, unshown) {
      const changedAt = [...next.values()].reduce(
        (newest, row) => Math.max(newest, heardAt(row)),
        Number.NEGATIVE_INFINITY,
      );
      const isSame = next.size === board.size && unshown === beyond && changedAt === newestChange;
      board = next;
      beyond = unshown;
      newestChange = changedAt;
      if (!isSame) arrange();
      draw();
    },
    select(seriesId) {
      selected = seriesId;
      showSelected();
      draw();
    },
  };
}

function sparklineColoursOf(element: Element): SparklineColours {
  const style = getComputedStyle(element);
  return { line: style.getPropertyValue('--line').trim(), level: style.getPropertyValue('--faint').trim() };
}
