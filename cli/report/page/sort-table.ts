const byText = new Intl.Collator('en', { numeric: true });

/** Makes the heads of a table buttons that sort its rows: ascending at first, and in turn. What a cell is sorted by stands in `data-value`. */
export function sortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const heads = [...table.querySelectorAll('thead th')];
  if (body === undefined) return;
  for (const [column, head] of heads.entries()) {
    head.querySelector('button')?.addEventListener('click', () => {
      const isUp = head.getAttribute('aria-sort') !== 'ascending';
      const rows = [...body.rows];
      rows.sort((a, b) => compare(a.cells[column], b.cells[column], isUp ? 1 : -1));
      body.append(...rows);
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
    });
  }
}

/** Numbers by their size, other texts as people read them. What has no value stands last either way. */
function compare(a: HTMLElement | undefined, b: HTMLElement | undefined, sign: 1 | -1): number {
  const [first, second] = [a?.dataset.value, b?.dataset.value];
  if (first === '' || second === '') return first === second ? 0 : first === '' ? 1 : -1;
  if (first !== undefined && second !== undefined) return sign * (Number(first) - Number(second));
  return sign * byText.compare(a?.textContent ?? '', b?.textContent ?? '');
}
