/**
 * Draws at most once a frame, however often it is called; in a hidden page not at all.
 *
 * @returns what asks for the drawing
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
