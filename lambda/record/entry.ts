import type { UserRecord } from './aggregated-record.ts';
import type { ParsedEvent } from './parse-events.ts';

/** Where in a record an entry is. */
export interface Place {
  /** From 0: the place in an array, the line, or the place among joined objects. All values of an object have its position. */
  readonly position: number;
  /** In an aggregated record: the index from 0 of the record that holds the entry, and its keys. */
  readonly userRecord?: Omit<UserRecord, 'data'> & { readonly index: number };
}

export type Entry = ParsedEvent & Place;
