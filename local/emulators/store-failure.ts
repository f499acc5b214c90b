/** How LevelDB begins what it says when the disk or a file fails it; other errors are of a request. */
const ofLevelDb = /^(IO error|Corruption)\b/;

/**
 * Whether a database failed, and not a request.
 *
 * After a failed write LevelDB may take further ones and lose them at its next start, behind what it wrote in part. So it must take none, and its
 * process must end: at the next start all is there that was acknowledged.
 */
export function isStoreFailure(error: unknown): error is Error {
  return error instanceof Error && ofLevelDb.test(error.message);
}

/** What failed, and what to do. */
export function storeFailure(folder: string, { message }: Error): Error {
  const what = /no space left/i.test(message)
    ? 'make room on its disk, and start again'
    : 'look at its disk, and start again';
  return new Error(
    `cannot go on with the data in ${folder}: ${message}; ${what}: what was acknowledged is kept`,
  );
}
