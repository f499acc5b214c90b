import type { LastChunk } from '../regime/chunk.ts';
import { emptyDigest } from '../regime/digest.ts';
import type { Edition, Head } from '../tables/head.ts';

/** What the next HEAD will say. */
export interface NextHead {
  readonly changes: Partial<Head>;
  readonly edition: Edition;
  /** Points of the regime that the digest covers; `undefined` stands for those that were tested before this look. */
  readonly digested: number | undefined;
  /** The chain of chunks that holds what the regime holds. */
  readonly last: LastChunk | undefined;
}

/** The next HEAD before anything is tested. A new edition starts with the digest of no points. */
export function nextOf({ edition }: Head, isNews: boolean, last: LastChunk | undefined): NextHead {
  const { id = '', start = 0, digest = emptyDigest } = edition ?? {};
  return {
    changes: {},
    edition: { id, start, digest: isNews ? emptyDigest : digest },
    digested: undefined,
    last,
  };
}
