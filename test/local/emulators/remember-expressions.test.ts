import type { AttributeValue } from 'aws-lambda';
import conditions, { type ExpressionParser } from 'dynalite/db/conditionParser.js';
import dynalite from 'dynalite/db/index.js';
import projections from 'dynalite/db/projectionParser.js';
import updates from 'dynalite/db/updateParser.js';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { rememberExpressions } from '../../../local/emulators/remember-expressions.ts';

const { compare } = dynalite as unknown as { compare(operator: string, a: unknown, b: unknown): boolean };

interface Given {
  readonly names: Record<string, string>;
  readonly values: Record<string, AttributeValue>;
}

const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.record({ S: fc.constantFrom('a', 'b', 'N', 'S') }),
  fc.record({ N: fc.constantFrom('1', '2') }),
  fc.constant<AttributeValue>({ SS: ['a'] }),
  fc.constant<AttributeValue>({ L: [{ S: 'a' }] }),
);
const given: fc.Arbitrary<Given> = fc.record({
  names: fc.record({ '#a': fc.constantFrom('x', 'y'), '#b': fc.constantFrom('x', 'y') }),
  values: fc.record({ ':a': value, ':b': value }),
});

const operand = fc.constantFrom(':a', ':b', 'x', '#a', '#b', '#a.#b', 'x[1]', ':none', '#none', 'size(x)');
const two = fc.tuple(operand, operand, operand);
const condition = fc.oneof(
  two.map(([a, b]) => `${a} = ${b}`),
  two.map(([a, b, c]) => `${a} BETWEEN ${b} AND ${c}`),
  two.map(([a, b, c]) => `${a} IN (${b}, ${c})`),
  two.map(([a, b]) => `attribute_not_exists(${a}) OR begins_with(${a}, ${b})`),
  two.map(([a, b]) => `attribute_type(${a}, ${b})`),
  two.map(([a, b]) => `(${a} > ${b}`),
);
const update = fc.oneof(
  two.map(([a, b, c]) => `SET ${a} = ${b} REMOVE ${c}`),
  two.map(([a, b, c]) => `SET ${a} = if_not_exists(${b}, ${c})`),
  two.map(([a, b, c]) => `SET ${a} = ${b} + ${c}`),
  two.map(([a, b]) => `ADD ${a} ${b}`),
);
const projection = two.map(([a, b]) => `${a}, ${b}`);

/** What a parser does with an expression: its answer, and which names and values it leaves unused. */
function outcome(parse: ExpressionParser['parse'], expression: string, { names, values }: Given) {
  const unusedAttrNames: Record<string, true> = { '#a': true, '#b': true };
  const unusedAttrVals: Record<string, true> = { ':a': true, ':b': true };
  const isReserved = () => false;
  const context = {
    attrNames: names,
    attrVals: values,
    unusedAttrNames,
    unusedAttrVals,
    compare,
    isReserved,
  };
  try {
    const answer = parse(expression, { context });
    // As dynalite does, which must not show in later answers.
    const seen = JSON.stringify([answer, unusedAttrNames, unusedAttrVals]);
    const sections = (answer as { sections?: { val?: unknown }[] }).sections ?? [];
    for (const section of sections) section.val = 'changed';
    return seen;
  } catch (error) {
    return `${(error as Error).name} ${(error as Error).message}`;
  }
}

test.each<[string, ExpressionParser, fc.Arbitrary<string>]>([
  ['condition', conditions, condition],
  ['update', updates, update],
  ['projection', projections, projection],
])('one of a %s that was parsed before is answered as the parser answers it', (_, plain, expressions) => {
  const remembering = { ...plain };
  rememberExpressions(remembering);
  fc.assert(
    fc.property(expressions, fc.array(given, { minLength: 2, maxLength: 8 }), (expression, all) => {
      for (const one of all)
        expect(outcome(remembering.parse, expression, one)).toBe(outcome(plain.parse, expression, one));
    }),
    { numRuns: 100 },
  );
});

test('an expression is parsed once for all values of its types', () => {
  const parse = vi.fn(conditions.parse);
  const remembering = { parse };
  rememberExpressions(remembering);
  const names = { '#a': 'x', '#b': 'y' };
  const answers = ['1', '2', '3'].map((N) =>
    outcome(remembering.parse, '#a = :a AND #b <> :b', { names, values: { ':a': { N }, ':b': { N: '0' } } }),
  );
  expect(new Set(answers).size).toBe(3);
  expect(parse).toHaveBeenCalledTimes(1);
});

test('an expression with long names is not kept', () => {
  const parse = vi.fn(conditions.parse);
  const remembering = { parse };
  rememberExpressions(remembering);
  const all = { names: { '#a': 'x'.repeat(10_000) }, values: { ':a': { S: 'a' } } };
  const [first, second] = [1, 2].map(() => outcome(remembering.parse, '#a = :a', all));
  expect(second).toBe(first);
  expect(parse).toHaveBeenCalledTimes(2);
});

test.each<[string, AttributeValue, AttributeValue]>([
  ['x BETWEEN :b AND :a', { S: 'c' }, { S: 'a' }],
  ['attribute_type(x, :a)', { S: 'N' }, { S: 'a' }],
])('%s is judged by its values each time', (expression, right, wrong) => {
  const remembering = { ...conditions };
  rememberExpressions(remembering);
  const [accepted, refused] = [right, wrong].map((one) => {
    const all = { names: {}, values: { ':a': one, ':b': { S: 'b' } } };
    expect(outcome(remembering.parse, expression, all)).toBe(outcome(conditions.parse, expression, all));
    return outcome(remembering.parse, expression, all);
  });
  expect(accepted).toContain('"expression"');
  expect(refused).not.toContain('"expression"');
});
