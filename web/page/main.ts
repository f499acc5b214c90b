import { messages, type Snapshot, type Update, type Writes } from '../wire.ts';
import { apiAddress, takeKey } from './api-address.ts';
import { choices } from './chosen/choices.ts';
import type { Chosen } from './chosen/chosen.ts';
import { keptText } from './chosen/kept-text.ts';
import { shownTimes } from './chosen/shown-times.ts';
import { zoneSwitch } from './chosen/zone-switch.ts';
import { connectionLine } from './connection-line.ts';
import { elementOf, setText } from './elements.ts';
import { notificationFeed } from './feed.ts';
import { type Board, boardAfter, boardOf } from './list/board.ts';
import { listTools } from './list/list-tools.ts';
import { seriesList } from './list/series-list.ts';
import { liveSource } from './live-source.ts';
import { openedSeries } from './opened/opened-series.ts';
import { pathStrip } from './path-strip.ts';
import { acknowledgeQuestion } from './writes/acknowledge.ts';
import { questionDialog } from './writes/question.ts';

takeKey();
let board: Board = new Map();
let unshown = 0;
let unit = '';
let isKnown = false;
let writes: Writes | undefined;
const keptZone = keptText('aed-times');
const times = shownTimes();
const title = elementOf('title', HTMLElement);
const openedPanel = elementOf('opened', HTMLElement);
const showPath = pathStrip();
const ask = questionDialog();
const connection = connectionLine(times);
const choice = choices(choose);
const opened = openedSeries({
  unit: () => unit,
  times,
  writes: mayWrite,
  ask,
  onStretch: (last) => choice.choose({ last }, 'press'),
});
const list = seriesList((seriesId, by) => {
  open(seriesId, by === 'enter' ? 'press' : by);
  if (by === 'press') showOpened();
  if (by === 'enter') openedPanel.focus();
}, showListing);
const tools = listTools(
  (change, gesture) => {
    choice.choose(change, gesture);
    choose(choice.chosen);
  },
  list.focus,
  acknowledgeListed,
);
const feed = notificationFeed((seriesId) => {
  open(seriesId, 'press');
  openedPanel.focus();
}, times);
const showZone = zoneSwitch((zone) => {
  keptZone.set(zone);
  choice.choose({ times: zone }, 'press');
  choose(choice.chosen);
});

/** What may be written now. */
function mayWrite(): Writes | undefined {
  return connection.isOpen ? writes : undefined;
}

/** Opens a series and puts its name into the address, so that Back leaves it and a link opens it. */
function open(seriesId: string, by: 'press' | 'arrows' | 'none'): void {
  choice.choose({ series: seriesId }, by);
  list.select(seriesId);
  opened.open(seriesId);
}

/** Shows what the address says. */
function choose(chosen: Chosen): void {
  const zone = chosen.times ?? (keptZone.get() === 'local' ? 'local' : 'utc');
  tools.choose(chosen);
  list.choose(chosen);
  opened.chooseStretch(chosen.last);
  showZone(zone);
  if (times.zone !== zone) {
    times.zone = zone;
    feed.retell();
    opened.redraw();
  }
  const wanted = chosen.series ?? list.rows[0]?.seriesId;
  if (wanted !== undefined && isKnown) open(wanted, 'none');
}

/** On a phone the opened series lies below the list. */
function showOpened(): void {
  const { top } = openedPanel.getBoundingClientRect();
  if (top > 0 && top < innerHeight / 2) return;
  openedPanel.scrollIntoView({ block: 'start' });
}

function showListing(): void {
  tools.show({ rows: list.rows, all: board.size, unshown, isKnown, mayWrite: mayWrite() !== undefined });
}

function acknowledgeListed(): void {
  const targets = list.rows.flatMap(({ seriesId, unacknowledged, lastChange }) =>
    unacknowledged > 0 && lastChange ? [{ seriesId, eventKey: lastChange.eventKey }] : [],
  );
  const what = `every change of the ${targets.length} series that are listed`;
  if (writes !== undefined) ask(acknowledgeQuestion(targets, what, writes));
}

liveSource(
  apiAddress('/api/overview'),
  {
    [messages.snapshot](snapshot: Snapshot) {
      ({ unit, unshown, writes } = snapshot);
      isKnown = true;
      connection.heard();
      setText(title, snapshot.title);
      document.title = snapshot.title;
      board = boardOf(snapshot);
      list.update(board, true);
      showPath(snapshot.counts);
      feed.reset(snapshot.notices);
      opened.notified(snapshot.notices);
      choose(choice.chosen);
    },
    [messages.update](update: Update) {
      const wasEmpty = board.size === 0;
      const unshownBefore = unshown;
      connection.heard();
      ({ unshown } = update);
      feed.remove(update.gone.flatMap((index) => board.get(index)?.seriesId ?? []));
      board = boardAfter(board, update);
      list.update(board, update.gone.length > 0);
      if (unshown !== unshownBefore) showListing();
      showPath(update.counts);
      feed.add(update.notices);
      opened.notified(update.notices);
      if (wasEmpty && board.size > 0) choose(choice.chosen);
    },
  },
  (state, why) => {
    connection.show(state, why);
    opened.redraw();
    showListing();
  },
);
openedPanel.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') list.focus();
});
// The address names the opened series after its #, so that the link must not be followed.
elementOf('skip', HTMLAnchorElement).addEventListener('click', (event) => {
  event.preventDefault();
  openedPanel.focus();
});
elementOf('to-list', HTMLButtonElement).addEventListener('click', () => {
  elementOf('list', HTMLElement).scrollIntoView({ block: 'start' });
  list.focus();
});
