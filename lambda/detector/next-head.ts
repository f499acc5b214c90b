import type { LastChunk } from '../regime/chunk.ts';
import { emptyDigest } from '../regime/digest.ts';
import type { Edition, Head } from '../tables/head.ts';
import type { Regime } from './regime.ts';
import { storedMemory } from './regime-memory.ts';
import type { Reset } from './reset.ts';

/** What the next HEAD will say. */
export interface NextHead {
  readonly changes: Partial<Head>;
  readonly edition: Edition;
  /** Points of the regime that the digest covers; `undefined` stands for those that were tested before this look. */
  readonly digested: number | undefined;
  /** The chain of chunks that holds what the regime holds. */
  readonly last: LastChunk | undefined;
  /** Ids of waves that are tested, and whose records are still to come. */
  readonly ahead: readonly string[];
}

/** The next HEAD before anything is tested. A new edition starts with the digest of no points. */
export function nextOf(
  { edition }: Head,
  isNews: boolean,
  last: LastChunk | undefined,
  ahead: readonly string[],
): NextHead {
  const { id = '', start = 0, digest = emptyDigest } = edition ?? {};
  return {
    changes: {},
    edition: { id, start, digest: isNews ? emptyDigest : digest },
    digested: undefined,
    last,
    ahead,
  };
}

/**
 * The HEAD after a reset. The chunks go: the regime has another beginning.
 *
 * @param regimeAfter - key of the last point that the reset drops
 * @param digest - of the points up to that of the reset, if a test has ended there
 */
export function nextAfterReset(
  { changes, edition, digested, ahead }: NextHead,
  regime: Regime,
  { tested, dropped, memory }: Reset,
  regimeAfter: string,
  digest: string | undefined,
): NextHead {
  const testedThrough = tested === undefined ? undefined : regime.eventAt(tested - 1)?.eventKey;
  const covered = tested ?? digested;
  return {
    changes: {
      ...changes,
      regimeAfter,
      memory: storedMemory(memory),
      ...(testedThrough !== undefined && { testedThrough }),
    },
    edition: { ...edition, start: edition.start + dropped, ...(digest !== undefined && { digest }) },
    digested: covered === undefined ? undefined : covered - dropped,
    last: undefined,
    ahead,
  };
}
