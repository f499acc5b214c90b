/**
 * A check whether a text comes for the first time.
 *
 * @param most - texts that are remembered, the newest; one that is forgotten counts as new again
 */
export function firstTime(most: number): (text: string) => boolean {
  const seen = new Set<string>();
  return (text) => {
    const isNew = !seen.delete(text);
    seen.add(text);
    const [oldest] = seen;
    if (seen.size > most && oldest !== undefined) seen.delete(oldest);
    return isNew;
  };
}
