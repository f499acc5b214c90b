/** What an update of a stack does to its resources, each by its path in the service. */
export interface Changes {
  /** Replaced by a new one, always or where CloudFormation finds it needful. The old one goes, or is kept if it holds data. */
  readonly replaced: readonly string[];
  readonly changed: readonly string[];
  readonly made: readonly string[];
  readonly deleted: readonly string[];
}

/** A line of a resource: the sign, its type, its path, its logical id, and what becomes of it. */
const resourceLine = /^\[([+~-])\] (\S+::\S+) (\S+) \S+(?: (.+))?$/gm;

/**
 * The changes that `cdk diff` lists.
 *
 * @throws Error if it lists none, since then its output is none that this reads
 */
export function changesIn(diff: string): Changes {
  const lines = [...diff.matchAll(resourceLine)].map(([, sign = '', , path = '', fate = '']) => ({
    sign,
    path: path.replace(/^Default\//, ''),
    fate,
  }));
  if (lines.length === 0) throw new Error(`cdk diff must list resources, got:\n${diff}`);
  const pathsOf = (keeps: (line: (typeof lines)[number]) => boolean) =>
    lines
      .filter(keeps)
      .map(({ path }) => path)
      .sort();
  return {
    replaced: pathsOf(({ sign, fate }) => sign === '~' && fate !== ''),
    changed: pathsOf(({ sign, fate }) => sign === '~' && fate === ''),
    made: pathsOf(({ sign }) => sign === '+'),
    deleted: pathsOf(({ sign }) => sign === '-'),
  };
}
