import { messages, type Snapshot, type Update } from '../wire.ts';
import { type Board, boardAfter, boardOf } from './board.ts';
import { elementOf, setText } from './elements.ts';
import { notificationFeed } from './feed.ts';
import { liveSource } from './live-source.ts';
import { openedSeries } from './opened-series.ts';
import { pathStrip } from './path-strip.ts';
import { seriesList } from './series-list.ts';

let board: Board = new Map();
let unit = '';
const title = elementOf('title', HTMLElement);
const connection = elementOf('connection', HTMLElement);
const showPath = pathStrip();
const opened = openedSeries(() => unit);
const list = seriesList(open);
const feed = notificationFeed((seriesId) => {
  open(seriesId);
  elementOf('opened', HTMLElement).focus();
});

/** Opens a series and puts its name into the address, so that a bookmark opens it again. */
function open(seriesId: string): void {
  history.replaceState(null, '', `#${encodeURIComponent(seriesId)}`);
  list.select(seriesId);
  opened.open(seriesId);
}

function openNamedOrFirst(): void {
  const named = seriesIn(location.hash);
  const first = board.values().next().value?.seriesId;
  const wanted = named ?? first;
  if (wanted !== undefined) open(wanted);
}

function seriesIn(hash: string): string | undefined {
  try {
    return hash.length > 1 ? decodeURIComponent(hash.slice(1)) : undefined;
  } catch {
    return undefined;
  }
}

liveSource(
  '/api/overview',
  {
    [messages.snapshot](snapshot: Snapshot) {
      ({ unit } = snapshot);
      setText(title, snapshot.title);
      document.title = snapshot.title;
      board = boardOf(snapshot);
      list.update(board, snapshot.unshown);
      showPath(snapshot.counts);
      feed.reset(snapshot.notices);
      opened.notified(snapshot.notices);
      openNamedOrFirst();
    },
    [messages.update](update: Update) {
      const wasEmpty = board.size === 0;
      board = boardAfter(board, update);
      list.update(board, update.unshown);
      showPath(update.counts);
      feed.add(update.notices);
      opened.notified(update.notices);
      if (wasEmpty && board.size > 0) openNamedOrFirst();
    },
  },
  (state) => {
    connection.dataset.state = state;
    setText(connection, state === 'open' ? 'live' : 'connection lost, trying again');
  },
);
addEventListener('hashchange', openNamedOrFirst);
