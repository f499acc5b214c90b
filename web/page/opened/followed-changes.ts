import type { FollowedChange, Notice } from '../../wire.ts';
import { reported, type ShownChange } from '../shown-change.ts';

/** The change points that the service reported of the opened series, and what has become of each. */
export interface FollowedChanges {
  /** Oldest first. The same list until one is added or becomes something else. */
  readonly shown: readonly ShownChange[];
  /** How many nobody has acknowledged. */
  readonly unacknowledged: number;
  /** Event key at which the newest was known. */
  readonly newest: string | undefined;
  /** Takes these, and forgets all others. */
  reset(found: readonly FollowedChange[]): void;
  /** Takes change points as the table has them: new ones, and such that have become something else. @returns those that are new */
  take(found: readonly FollowedChange[]): readonly FollowedChange[];
  /** The same of notifications, which do not tell who took note of them. */
  hear(notices: readonly Notice[]): readonly FollowedChange[];
}

export function followedChanges(): FollowedChanges {
  const all = new Map<string, FollowedChange>();
  let shown: readonly ShownChange[] = [];

  function add(
    found: readonly FollowedChange[],
    becomes: (one: FollowedChange) => FollowedChange,
  ): readonly FollowedChange[] {
    const fresh = found.filter(({ id }) => !all.has(id));
    for (const one of found) all.set(one.id, becomes(one));
    if (found.length > 0) shown = [...all.values()].map(reported).sort((a, b) => a.detectedAt - b.detectedAt);
    return fresh;
  }

  return {
    get shown() {
      return shown;
    },
    get unacknowledged() {
      return shown.filter(({ standing }) => standing?.by === undefined && !standing?.isRetracted).length;
    },
    get newest() {
      return shown.at(-1)?.standing?.eventKey;
    },
    reset(found) {
      all.clear();
      shown = [];
      add(found, (one) => one);
    },
    take: (found) => add(found, (one) => one),
    hear: (notices) => add(notices.map(published), (one) => ({ ...all.get(one.id), ...one })),
  };
}

function published({ found, heardAt }: Notice): FollowedChange {
  return { ...found, publishedAt: new Date(heardAt).toISOString() };
}
