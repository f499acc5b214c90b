import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { Output } from './context.ts';

/** Writes, and waits while the buffer of the stream is full. */
export async function write(stream: Writable, content: string | Uint8Array): Promise<void> {
  if (!stream.write(content)) await once(stream, 'drain');
}

/** One JSON object on a line of its own. */
export function jsonLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

type Style = (text: string) => string;

/** Colours: on a terminal only, and never with NO_COLOR. */
export interface Styles {
  readonly bold: Style;
  readonly dim: Style;
  readonly up: Style;
  readonly down: Style;
}

export function stylesFor(stream: Output, environment: NodeJS.ProcessEnv): Styles {
  const wanted = stream.isTTY && (environment.NO_COLOR ?? '') === '';
  const style =
    (format: Parameters<typeof styleText>[0]): Style =>
    (text) =>
      wanted ? styleText(format, text, { validateStream: false }) : text;
  return { bold: style('bold'), dim: style('dim'), up: style('red'), down: style('blue') };
}
