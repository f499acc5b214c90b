import { optionTable } from '@aed/core';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { withMaps } from '../../lambda/tables/with-maps.ts';

const stored = fc.letrec<{ readonly any: unknown; readonly map: Record<string, unknown> }>((tie) => ({
  any: fc.oneof(
    { withCrossShrink: true, maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, '', 'change', 0, -1, 4, 0.5, 1e-200, 1e300),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.uint8Array({ maxLength: 3 }),
    fc.array(fc.string(), { maxLength: 2 }).map((items) => new Set(items)),
    fc.array(tie('any'), { maxLength: 2 }),
    tie('map'),
  ),
  map: fc.dictionary(
    fc.constantFrom(...Object.keys(optionTable), 'toString', 'valueOf', 'toJSON', 'constructor', 'length'),
    tie('any'),
    { maxKeys: 4 },
  ),
}));

/** Whatever an attribute of DynamoDB can hold, among it maps whose keys are the names of what every object has. */
export const anyStored = stored.any;
export const anyStoredMap = stored.map;

/** Of all these those that DynamoDB can hold: sets are not empty. */
export const hostile = fc.oneof(anyStored, anyStoredMap).filter((value) => {
  try {
    marshall(withMaps({ value }));
    return true;
  } catch {
    return false;
  }
});
