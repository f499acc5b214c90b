import type { ExpressionContext, ExpressionParser } from 'dynalite/db/conditionParser.js';

/** The place of a value in an expression that was parsed before. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

interface Parsed {
  /** What the parser answered, with a slot for each value. */
  readonly answer: unknown;
  readonly usedNames: readonly string[];
  readonly usedValues: readonly string[];
  /** Pairs of values of which the first must not be greater than the second. */
  readonly inOrder: readonly (readonly [string, string])[];
}

/** Few programs send as many expressions. Who does has them parsed. */
const mostRemembered = 1000;
/** Of an expression with its names. A longer one is parsed each time, so that what is remembered stays within some megabytes. */
const longestRemembered = 10_000;

/**
 * Lets a parser of dynalite parse an expression once, and not for each request, where it took much of the time.
 *
 * An answer depends on the expression, on its names, and on the types of its values. It depends on values themselves in two ways: by the
 * comparison of BETWEEN's bounds, which is made anew, and by `attribute_type`, which is always parsed. Refusals are not remembered.
 */
export function rememberExpressions(parser: ExpressionParser): void {
  const { parse } = parser;
  const remembered = new Map<string, Parsed>();
  parser.parse = (expression, options) => {
    const { context } = options;
    const key = JSON.stringify([expression, context.attrNames, typesOf(context)]);
    const known = remembered.get(key);
    if (known !== undefined && isInOrder(known, context)) return answerAgain(known, context);
    const [answer, parsed] = parseAndNote(parse, expression, context);
    if (parsed !== undefined && key.length <= longestRemembered) {
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(key, parsed);
    }
    return answer;
  };
}

function typesOf({ attrVals = {} }: ExpressionContext): readonly (readonly [string, string])[] {
  return Object.entries(attrVals).map(([name, value]) => [name, Object.keys(value).join()]);
}

function isInOrder({ inOrder }: Parsed, { attrVals = {}, compare }: ExpressionContext): boolean {
  return inOrder.every(([low, high]) => !compare('GT', attrVals[low], attrVals[high]));
}

function answerAgain({ answer, usedNames, usedValues }: Parsed, context: ExpressionContext): unknown {
  for (const name of usedNames) delete context.unusedAttrNames?.[name];
  for (const name of usedValues) delete context.unusedAttrVals?.[name];
  return copy(answer, (part) => (part instanceof Slot ? context.attrVals?.[part.name] : undefined));
}

/** @returns the answer, and what is to be remembered of it: nothing of a refusal, which is a text */
function parseAndNote(
  parse: ExpressionParser['parse'],
  expression: string,
  context: ExpressionContext,
): readonly [answer: unknown, parsed: Parsed | undefined] {
  const { attrVals = {}, compare } = context;
  const nameOf = new Map<unknown, string>(Object.entries(attrVals).map(([name, value]) => [value, name]));
  const namesBefore = Object.keys(context.unusedAttrNames ?? {});
  const valuesBefore = Object.keys(context.unusedAttrVals ?? {});
  const inOrder: (readonly [string, string])[] = [];
  const noting: ExpressionContext = {
    ...context,
    compare(operator, low, high) {
      inOrder.push([nameOf.get(low) ?? '', nameOf.get(high) ?? '']);
      return compare(operator, low, high);
    },
  };
  const answer = parse(expression, { context: noting });
  if (typeof answer === 'string' || /attribute_type/.test(expression)) return [answer, undefined];
  return [
    answer,
    {
      answer: copy(answer, (part) => {
        const name = nameOf.get(part);
        return name === undefined ? undefined : new Slot(name);
      }),
      usedNames: namesBefore.filter((name) => !(name in (context.unusedAttrNames ?? {}))),
      usedValues: valuesBefore.filter((name) => !(name in (context.unusedAttrVals ?? {}))),
      inOrder,
    },
  ];
}

/** A copy, since dynalite changes answers. @param instead - what takes the place of a part, if anything does */
function copy(part: unknown, instead: (part: object) => unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const other = instead(part);
  if (other !== undefined) return other;
  if (Array.isArray(part)) return part.map((member) => copy(member, instead));
  const made = Object.create(Object.getPrototypeOf(part));
  for (const [name, member] of Object.entries(part)) made[name] = copy(member, instead);
  return made;
}
