/**
 * Limits drawing to once a frame. A hidden page draws nothing.
 *
 * @returns a function that asks for the next drawing, however often it is called
 */
export function oncePerFrame(draw: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}
