/**
 * A check of names by a pattern, in which `*` stands for any text and `?` for any character.
 *
 * Cost: O(pattern · name), whatever the name. A regular expression with many `.*` may take forever on a name from outside.
 */
export function namePattern(pattern: string): (name: string) => boolean {
  return (name) => {
    let [at, inPattern] = [0, 0];
    let [star, afterStar] = [-1, 0];
    while (at < name.length) {
      const sign = pattern[inPattern];
      if (sign === '*') {
        star = inPattern++;
        afterStar = at;
      } else if (sign === '?') {
        inPattern++;
        at += unitsOfCharacter(name, at);
      } else if (sign === name[at]) {
        inPattern++;
        at++;
      } else if (star === -1) {
        return false;
      } else {
        // The last star takes one character more.
        inPattern = star + 1;
        at = ++afterStar;
      }
    }
    return /^\**$/.test(pattern.slice(inPattern));
  };
}

/** A character beyond the first 65,536 is two units of a text. */
function unitsOfCharacter(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Whether a name is a pattern. */
export function isNamePattern(name: string): boolean {
  return /[*?]/.test(name);
}
