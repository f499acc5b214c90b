/** The element with an id. @throws Error if the page has no such element of this kind */
export function elementOf<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`the page has no ${kind.name} with the id ${id}`);
}

/** An element with a class and a text. The text is never read as markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { className, text }: { readonly className?: string; readonly text?: string } = {},
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== undefined) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Sets a text only if it differs: an unchanged one must not be laid out or spoken again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Says that an element is about to be hidden or disabled: if it has the focus, that goes to another one, or it would be lost. */
export function leave(element: Element, next: HTMLElement): void {
  if (element.contains(document.activeElement)) next.focus();
}
