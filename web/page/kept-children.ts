/**
 * The children of an element, by keys. One whose key stays is neither made anew nor moved: it keeps the focus, and a press on it is not lost.
 *
 * @param keyOf - tells items apart, and one item before a change from the same one after it
 * @returns a function that shows these items and no others
 */
export function keptChildren<Item>(
  parent: Element,
  keyOf: (item: Item) => string,
  make: (item: Item) => Element,
): (items: readonly Item[]) => void {
  let shown: ReadonlyMap<string, Element> = new Map();
  return (items) => {
    const before = shown;
    shown = new Map(
      items.map((item) => {
        const key = keyOf(item);
        return [key, before.get(key) ?? make(item)];
      }),
    );
    const staying = new Set(shown.values());
    for (const element of [...parent.children]) if (!staying.has(element)) element.remove();
    for (const [place, element] of [...shown.values()].entries())
      if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
  };
}
