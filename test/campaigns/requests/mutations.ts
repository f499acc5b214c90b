import fc from 'fast-check';
import type { Example, Json } from './example.ts';
import { headerNames, headerValues, hostileValue } from './hostile-values.ts';

/** A change at one place of a JSON value: the path picks a child at each step, and stops where there is none. */
interface Edit {
  readonly steps: readonly number[];
  readonly how: 'replace' | 'remove' | 'repeat' | 'wrap' | 'add' | 'cut' | 'insert';
  readonly value: Json;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  steps: fc.array(fc.nat({ max: 7 }), { maxLength: 6 }),
  how: fc.constantFrom<Edit['how'][]>(
    'replace',
    'replace',
    'replace',
    'remove',
    'repeat',
    'wrap',
    'add',
    'cut',
    'insert',
  ),
  value: hostileValue,
});

/** A request that may be wrong in several ways, or in none. */
export interface FuzzedRequest {
  readonly example: Example;
  readonly edits: readonly Edit[];
  /** Where the body is cut off, and what takes the place of the rest. */
  readonly tail: readonly [at: number, rest: string] | undefined;
  readonly header: readonly [name: string, value: string | undefined] | undefined;
  readonly pathEdit: readonly [at: number, inserted: string] | undefined;
}

export function fuzzedRequests(examples: readonly Example[]): fc.Arbitrary<FuzzedRequest> {
  const seldom = <T>(arbitrary: fc.Arbitrary<T>, freq: number) =>
    fc.option(arbitrary, { freq, nil: undefined });
  return fc.record(
    {
      example: fc.constantFrom(...examples),
      edits: fc.array(edit, { maxLength: 3 }),
      tail: seldom(
        fc.tuple(fc.nat({ max: 400 }), fc.constantFrom('', '}', ']', '"', 'x', '\u00ff', '\u0000')),
        8,
      ),
      header: seldom(
        fc.tuple(fc.constantFrom(...headerNames), seldom(fc.constantFrom(...headerValues), 4)),
        6,
      ),
      pathEdit: seldom(
        fc.tuple(
          fc.nat({ max: 60 }),
          fc.constantFrom(
            '%',
            '%00',
            '//',
            '?',
            '&',
            '../',
            'x'.repeat(2000),
            '%2F',
            '%E0%A4',
            '=',
            '-1',
            '[]',
            ':',
          ),
        ),
        6,
      ),
    },
    { noNullPrototype: true },
  );
}

/** The body as it is sent. */
export function bodyOfFuzzed({ example, edits, tail }: FuzzedRequest): string {
  const edited = edits.reduce<Json>((body, each) => withEdit(body, each, 0), example.body);
  const text =
    typeof example.body === 'string' && typeof edited === 'string' ? edited : JSON.stringify(edited);
  return tail === undefined ? text : text.slice(0, tail[0]) + tail[1];
}

function withEdit(json: Json, edit: Edit, depth: number): Json {
  const keys = json !== null && typeof json === 'object' ? Object.keys(json) : [];
  const step = edit.steps[depth];
  if (step === undefined || keys.length === 0) return changed(json, edit);
  const key = keys[step % keys.length] ?? '';
  const isLast = depth === edit.steps.length - 1;
  if (Array.isArray(json)) {
    const at = Number(key);
    if (isLast && edit.how === 'remove') return json.toSpliced(at, 1);
    if (isLast && edit.how === 'repeat') return json.toSpliced(at, 0, json[at]);
    return json.with(at, withEdit(json[at], edit, depth + 1));
  }
  const { [key]: child = null, ...rest } = json as { readonly [name: string]: Json };
  if (isLast && edit.how === 'remove') return rest;
  if (isLast && edit.how === 'repeat') return { ...rest, [key]: child, [`${key}x`]: child };
  return { ...rest, [key]: withEdit(child, edit, depth + 1) };
}

function changed(json: Json, { how, value: given }: Edit): Json {
  if (how === 'wrap') return [json];
  if (how === 'add' && Array.isArray(json)) return [...json, given];
  if (how === 'add' && json !== null && typeof json === 'object') return { ...json, added: given };
  if (typeof json === 'string' && how === 'cut') return json.slice(0, json.length >> 1);
  if (typeof json === 'string' && how === 'insert') {
    const middle = json.length >> 1;
    return `${json.slice(0, middle)}${typeof given === 'string' ? given : JSON.stringify(given)}${json.slice(middle)}`;
  }
  return given;
}
