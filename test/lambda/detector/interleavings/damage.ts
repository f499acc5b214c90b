import type { Item } from '../../../../bench/detector/partition.ts';
import type { Act } from './interleaving.ts';

type Damage = Extract<Act, { kind: 'delete chunk' | 'flip bit' | 'swap chunks' | 'old chunk' }>;

/** Damages the chunks among the items of a series. @param kept - chunks that stood there earlier; those of now are added */
export function damageChunks(act: Damage, items: Item[], kept: Item[]): void {
  const places = items.flatMap(({ sortKey }, place) => (sortKey?.S?.startsWith('HEAD#') ? [place] : []));
  kept.push(...places.map((place) => structuredClone(items[place] as Item)));
  const placeAt = (share: number) => places[Math.floor(share * places.length)];
  const place = placeAt(act.at);
  const item = place === undefined ? undefined : items[place];
  if (place === undefined || item === undefined) return;
  switch (act.kind) {
    case 'delete chunk':
      items.splice(place, 1);
      return;
    case 'flip bit':
      items[place] = { ...item, [act.of]: flipped(item, act) };
      return;
    case 'swap chunks': {
      const other = placeAt(act.with) ?? place;
      const another = items[other] as Item;
      [items[place], items[other]] = [inSlotOf(another, item), inSlotOf(item, another)];
      return;
    }
    case 'old chunk':
      items[place] = inSlotOf(kept[Math.floor(act.from * kept.length)] ?? item, item);
  }
}

function inSlotOf(item: Item, { sortKey }: Item): Item {
  return sortKey === undefined ? item : { ...item, sortKey };
}

function flipped(item: Item, { of, bit }: Extract<Act, { kind: 'flip bit' }>) {
  const { points, through, count } = item;
  if (of === 'count') return { N: String(Number(count?.N) + 1) };
  if (of === 'through') return { S: `${through?.S}x` };
  const bytes = Buffer.from(String(points?.B), 'base64');
  const at = Math.floor(bit * bytes.length * 8);
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
  return { B: bytes.toString('base64') };
}
