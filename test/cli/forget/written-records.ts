import fc from 'fast-check';

const id = fc.constantFrom('a', 'b', 'c');
/** One object of a record; its value is found nowhere else. */
interface WrittenObject {
  readonly seriesId: string;
  readonly isBad: boolean;
}
/** The objects of a record, of several series; a bad one has no number. */
export const recordObjects = fc.array(fc.record<WrittenObject>({ seriesId: id, isBad: fc.boolean() }), {
  minLength: 1,
  maxLength: 8,
});
export const valueAt = (index: number, isBad = false) => (isBad ? `bad-${index}-` : 1_000_000 + index);
export const fieldsAt = ({ seriesId, isBad }: WrittenObject, index: number) => ({
  seriesId,
  timestamp: 1.7e12 + index,
  value: valueAt(index, isBad),
});
/** Ways to write the objects of a record. */
export const recordForms: Readonly<Record<string, (objects: readonly object[]) => string>> = {
  lines: (objects) => objects.map((one) => JSON.stringify(one)).join('\n'),
  'lines with blank ones': (objects) => objects.map((one) => `${JSON.stringify(one)}\r\n\r\n`).join(''),
  joined: (objects) => objects.map((one) => JSON.stringify(one)).join(''),
  'joined with spaces': (objects) => objects.map((one) => JSON.stringify(one)).join('  '),
  'joined with commas': (objects) => objects.map((one) => JSON.stringify(one)).join(','),
  'over several lines': (objects) => objects.map((one) => JSON.stringify(one, null, 2)).join('\n'),
  'over several lines, joined': (objects) => objects.map((one) => JSON.stringify(one, null, 1)).join(''),
  'over several lines, with commas': (objects) =>
    objects.map((one) => JSON.stringify(one, null, '\t')).join(',\n'),
  'an array': (objects) => JSON.stringify(objects),
  'an array over several lines': (objects) => JSON.stringify(objects, null, 2),
};
