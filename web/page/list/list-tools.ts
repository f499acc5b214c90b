import { typeset } from '../../../lambda/figures.ts';
import type { Gesture } from '../chosen/choices.ts';
import { type Chosen, listOrders, shows } from '../chosen/chosen.ts';
import { elementOf, leave, setText } from '../elements.ts';
import type { Row } from './board.ts';
import type { ListChoice } from './series-list.ts';

/** What the list holds now. */
export interface Listing {
  /** The rows that are listed. */
  readonly rows: readonly Row[];
  /** Number of series on the board. */
  readonly all: number;
  /** Number of series for which the board has no room. */
  readonly unshown: number;
  /** Whether the server has told what there is. */
  readonly isKnown: boolean;
  /** Whether anything may be written. */
  readonly mayWrite: boolean;
}

/** What stands above the list: search, choice, order and counts. */
export interface ListTools {
  /** Shows what is chosen. */
  choose(chosen: ListChoice): void;
  show(listing: Listing): void;
}

/**
 * @param onChoose - called with what the reader changes
 * @param onDown - called when an arrow leads from the search into the list
 * @param onAcknowledge - called when all that is listed is to be acknowledged
 */
export function listTools(
  onChoose: (change: Partial<Chosen>, gesture: Gesture) => void,
  onDown: () => void,
  onAcknowledge: () => void,
): ListTools {
  const find = elementOf('filter', HTMLInputElement);
  const show = elementOf('show', HTMLSelectElement);
  const order = elementOf('order', HTMLSelectElement);
  const total = elementOf('list-count', HTMLElement);
  const empty = elementOf('list-empty', HTMLElement);
  const all = elementOf('show-all', HTMLButtonElement);
  const acknowledge = elementOf('acknowledge-listed', HTMLButtonElement);
  const box = elementOf('series-list', HTMLElement);

  find.addEventListener('input', () => onChoose({ find: find.value }, 'letters'));
  find.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    onDown();
  });
  show.addEventListener('input', () => {
    const chosen = shows.find((one) => one === show.value);
    if (chosen !== undefined) onChoose({ show: chosen }, 'press');
  });
  order.addEventListener('input', () => {
    const chosen = listOrders.find((one) => one === order.value);
    if (chosen !== undefined) onChoose({ order: chosen }, 'press');
  });
  all.addEventListener('click', () => {
    onChoose({ find: '', show: 'all' }, 'press');
    find.focus();
  });
  acknowledge.addEventListener('click', onAcknowledge);

  return {
    choose(chosen) {
      // A field that is typed into must not be written over with what it holds.
      if (find.value !== chosen.find) find.value = chosen.find;
      show.value = chosen.show;
      order.value = chosen.order;
    },
    show(listing) {
      setText(total, countText(listing));
      const { rows, isKnown, mayWrite } = listing;
      const waiting = rows.filter(({ unacknowledged }) => unacknowledged > 0).length;
      if (waiting === 0 || !mayWrite) leave(acknowledge, box);
      acknowledge.hidden = waiting === 0 || !mayWrite;
      setText(acknowledge, `Acknowledge ${typeset.counted(waiting, 'series', 'series')}`);
      const isNoMatch = isKnown && rows.length === 0 && listing.all > 0;
      all.hidden = !isNoMatch;
      setText(empty, emptyText(listing));
    },
  };
}

function countText({ rows, all, unshown, isKnown }: Listing): string {
  if (!isKnown) return '';
  const counted = typeset.counted(all, 'series', 'series');
  const listed = rows.length === all ? counted : `${typeset.count(rows.length)} of ${counted}`;
  const waiting = rows.filter(({ unacknowledged }) => unacknowledged > 0).length;
  const red = waiting === 0 ? '' : `; ${typeset.count(waiting)} changed, not acknowledged`;
  return `${listed}${red}${unshown === 0 ? '' : `; ${typeset.count(unshown)} more are not shown`}`;
}

function emptyText({ rows, all, isKnown }: Listing): string {
  if (rows.length > 0) return '';
  if (!isKnown) return 'Loading the series.';
  return all === 0 ? 'No series yet.' : 'No series is like that.';
}
