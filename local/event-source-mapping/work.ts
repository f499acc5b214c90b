import type { FunctionLimits, MappingLimits } from '../../lib/deployment-limits.ts';
import type { Handler } from './invoke.ts';
import type { OnFailure } from './on-failure.ts';
import type { Source, StartingPosition } from './source.ts';

export interface MappingOptions<Event> {
  readonly source: Source<Event>;
  readonly functionName: string;
  readonly handler: Handler<Event>;
  readonly limits: { readonly mapping: MappingLimits; readonly function: FunctionLimits };
  readonly onFailure: OnFailure;
  /** Where to start in the shards that exist when the mapping starts. Default: at the oldest record. */
  readonly startingPosition?: StartingPosition;
  /** Waits between retries; the signal ends the wait. Default: real time. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly now?: () => number;
}

/** Counts of the records that a mapping has read so far. */
export interface MappingProgress {
  readonly succeeded: number;
  readonly discarded: number;
  /** Records that no filter pattern let through. */
  readonly filtered: number;
}

/** The settings that all shards of a mapping share. */
export interface MappingWork<Event> extends Required<MappingOptions<Event>> {
  readonly signal: AbortSignal;
  stop(): void;
  count(what: keyof MappingProgress, records: number): void;
  failed(error: unknown): void;
}
