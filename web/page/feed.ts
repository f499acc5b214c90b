import { typeset } from '../../lambda/figures.ts';
import { moveTexts } from '../../lambda/move-texts.ts';
import { printable } from '../../lambda/printable.ts';
import { significanceLevel } from '../../lambda/significance-level.ts';
import type { Notice } from '../wire.ts';
import type { ShownTimes } from './chosen/shown-times.ts';
import { elementOf, make } from './elements.ts';
import { keptChildren } from './kept-children.ts';

const mostShown = 100;
/** Shortest time between two announcements. A burst of notifications becomes one announcement. */
const announceMs = 2_000;

export interface Feed {
  /** Shows these notifications and no others. */
  reset(notices: readonly Notice[]): void;
  /** Adds these notifications, and announces them to screen readers. */
  add(notices: readonly Notice[]): void;
  /** Removes the notifications of these series. */
  remove(seriesIds: readonly string[]): void;
  /** Shows the same with times as the reader wants them now. */
  retell(): void;
}

/** The list of notifications, newest first. A press on one opens its series. */
export function notificationFeed(onOpen: (seriesId: string) => void, times: ShownTimes): Feed {
  const list = elementOf('feed', HTMLOListElement);
  const empty = elementOf('feed-empty', HTMLElement);
  const announcer = elementOf('announcer', HTMLElement);
  const showItems = keptChildren<Notice>(
    list,
    (notice) => `${times.zone} ${JSON.stringify(notice)}`,
    (notice) => item(notice, onOpen, times),
  );
  let unheard: Notice[] = [];
  let shown: readonly Notice[] = [];

  function reset(notices: readonly Notice[]): void {
    shown = notices.slice(-mostShown);
    showItems(shown.toReversed());
    empty.hidden = shown.length > 0;
  }

  function announce(): void {
    const newest = unheard.at(-1);
    if (newest === undefined) return;
    const others = unheard.length > 1 ? `, and ${unheard.length - 1} more` : '';
    announcer.textContent = `${sentence(newest)}${others}`;
    unheard = [];
  }

  return {
    reset,
    retell: () => reset(shown),
    remove(seriesIds) {
      const left = shown.filter(({ found }) => !seriesIds.includes(found.seriesId));
      if (left.length < shown.length) reset(left);
    },
    add(notices) {
      if (notices.length === 0) return;
      reset([...shown, ...notices]);
      if (unheard.length === 0) setTimeout(announce, announceMs);
      unheard.push(...notices);
    },
  };
}

function item({ found }: Notice, onOpen: (seriesId: string) => void, times: ShownTimes): HTMLLIElement {
  const { seriesId, direction, changedAt, detectedAt } = found;
  const { levels, size } = moveTexts(found, typeset);
  const button = make('button', { className: `notice ${direction}` });
  button.type = 'button';
  const arrow = make('span', { className: 'arrow', text: direction === 'up' ? '▲' : '▼' });
  arrow.ariaLabel = direction;
  arrow.setAttribute('role', 'img');
  button.append(
    arrow,
    make('bdi', { className: 'name', text: printable(seriesId) }),
    make('span', { className: 'levels', text: `${levels} (${size})` }),
    make('span', {
      className: 'times',
      text: `${standingOf(found)}since ${times.text(Date.parse(changedAt))}, known at ${times.text(Date.parse(detectedAt))}, p ${typeset.pValue(found.pValue, significanceLevel(found.options))}${found.kind ? `, ${found.kind}` : ''}`,
    }),
  );
  button.addEventListener('click', () => onOpen(seriesId));
  const listItem = make('li');
  listItem.append(button);
  return listItem;
}

/** What else is to be known of a change before anything about it. */
function standingOf({ muted, retractedAt }: Notice['found']): string {
  return `${muted ? 'muted: ' : ''}${retractedAt === undefined ? '' : 'retracted: '}`;
}

function sentence({ found }: Notice): string {
  return `${standingOf(found)}${[...printable(found.seriesId)].slice(0, 60).join('')} ${moveTexts(found, typeset).sentence}`;
}
