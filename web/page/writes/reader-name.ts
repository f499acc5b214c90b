import { remarkLimits } from '../../../lambda/acknowledgement.ts';
import { keptText } from '../chosen/kept-text.ts';
import type { QuestionField } from './question.ts';

const name = keptText('aed-name');

/** Asks who the reader is: as they said last, or else as the server's machine knows its user. */
export function nameField(user: string): QuestionField {
  const value = name.get() || user;
  return { name: 'by', label: 'Your name', kind: 'line', value, most: remarkLimits.by, required: true };
}

/** Keeps the name for the next question. */
export function rememberName(given: string): void {
  name.set(given);
}
