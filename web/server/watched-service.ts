import type { ResolvedOptions } from '@aed/core';
import type { Clients } from '../../local/clients.ts';
import type { OtherMessage } from '../../local/notifications.ts';
import type { PageTables } from './page-tables.ts';
import type { PathCounter } from './path-counter.ts';
import type { Recalled } from './recall.ts';
import type { BoardReading } from './series-board.ts';
import type { Trouble } from './trouble.ts';

/** What happened to a reading. */
export interface ReadingNews {
  readonly seriesId: string;
  /** Absent if the reading was removed, or is none any more. */
  readonly reading?: BoardReading;
  /** The key of a reading that was removed. Where both are absent, anything of the series may be gone, and what is left follows. */
  readonly removed?: string;
  /** Whether nothing was stored under its key before. */
  readonly isNew: boolean;
}

/** A queue that gets what the topic carries, until it is removed. */
export interface TopicQueue {
  readonly queueUrl: string;
  remove(): Promise<void>;
}

/** A service that the page watches: a pipeline in this process, or one that runs elsewhere. */
export interface WatchedService {
  readonly tables: PageTables;
  readonly sqs: Clients['sqs'];
  /** The detector's options, where a series has none of its own. */
  readonly options: ResolvedOptions;
  /** Adds a queue of its own to the topic. Other subscribers still receive every message. */
  subscribe(): Promise<TopicQueue>;
  /** Told of what the topic carries beside change points; absent where nothing else can be in it. */
  onOther?(message: OtherMessage): void;
  /** Adds a listener to readings from now on. @returns a function that removes it */
  onReading(listener: (news: ReadingNews) => void): () => void;
  /** Says that somebody looks at a series, until the returned function is called. */
  follow(seriesId: string): () => void;
  /** Takes what the page has read from the tables at its start, and goes on reading from there; absent where that is of no use. */
  recalled?(before: Recalled, reads: Trouble): void;
  /** Counts, from now on, what passes each step; absent where only the tables can be seen. */
  countPath?(): PathCounter;
  /** Whether only the tables and the topic can be seen: each series is looked at again and again, and the options are guessed from its change points. */
  readonly isPolled: boolean;
}
