/**
 * Tells what is new: whether a text has not come before. It remembers the newest texts, and each that comes again counts as new no sooner than
 * that many others came.
 */
export function toldOnce(most: number): (text: string) => boolean {
  const told = new Set<string>();
  return (text) => {
    const isNew = !told.delete(text);
    told.add(text);
    const [oldest] = told;
    if (told.size > most && oldest !== undefined) told.delete(oldest);
    return isNew;
  };
}
