/** The list itself if it has room for `length` numbers, else a copy at least twice as long. */
export function grown<List extends Float64Array | Uint32Array>(list: List, length: number): List {
  if (length <= list.length) return list;
  const Longer = list.constructor as new (length: number) => List;
  const longer = new Longer(Math.max(length, 2 * list.length));
  longer.set(list);
  return longer;
}
