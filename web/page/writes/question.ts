import { elementOf, make, setText } from '../elements.ts';

/** A field of a question. */
export interface QuestionField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'line' | 'text' | 'choice';
  readonly value?: string;
  /** Values and what they say, of a choice. */
  readonly choices?: readonly (readonly [value: string, text: string])[];
  readonly most?: number;
  readonly required?: boolean;
}

/** What is asked before something is written. */
export interface Question {
  readonly title: string;
  /** What will happen. */
  readonly text: string;
  readonly fields: readonly QuestionField[];
  /** The word on the button. */
  readonly confirm: string;
  /** Does it. Throws an Error that says why not. */
  readonly act: (values: Readonly<Record<string, string>>) => Promise<void>;
}

/**
 * Asks in a dialog, which has the focus until it is answered. Escape cancels. What is refused is said there, to be corrected.
 *
 * @returns a function that asks
 */
export function questionDialog(): (question: Question) => void {
  const dialog = elementOf('question', HTMLDialogElement);
  const form = elementOf('question-form', HTMLFormElement);
  const title = elementOf('question-title', HTMLElement);
  const text = elementOf('question-text', HTMLElement);
  const fields = elementOf('question-fields', HTMLElement);
  const problem = elementOf('question-problem', HTMLElement);
  const confirm = elementOf('question-confirm', HTMLButtonElement);
  const cancel = elementOf('question-cancel', HTMLButtonElement);
  let asked: Question | undefined;

  cancel.addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (asked !== undefined && !confirm.disabled) void answer(asked);
  });

  async function answer(question: Question): Promise<void> {
    const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    confirm.disabled = true;
    setText(problem, '');
    try {
      await question.act(given);
      if (asked === question) dialog.close();
    } catch (error) {
      if (asked === question)
        setText(problem, `Not done: ${error instanceof Error ? error.message : error}.`);
    } finally {
      confirm.disabled = false;
    }
  }

  return (question) => {
    asked = question;
    setText(title, question.title);
    setText(text, question.text);
    setText(confirm, question.confirm);
    setText(problem, '');
    fields.replaceChildren(...question.fields.map(labelled));
    dialog.showModal();
  };
}

function labelled(field: QuestionField): HTMLElement {
  const label = make('label', { className: 'asked' });
  label.append(make('span', { className: 'caption', text: field.label }), inputOf(field));
  return label;
}

function inputOf({
  name,
  kind,
  value = '',
  choices = [],
  most,
  required = false,
}: QuestionField): HTMLElement {
  if (kind === 'choice') {
    const select = make('select');
    select.name = name;
    for (const [choice, text] of choices) {
      const option = make('option', { text });
      option.value = choice;
      option.selected = choice === value;
      select.append(option);
    }
    return select;
  }
  const input = make(kind === 'text' ? 'textarea' : 'input');
  input.name = name;
  input.value = value;
  input.required = required;
  if (most !== undefined) input.maxLength = most;
  return input;
}
