/** The colours of a sparkline. */
export interface SparklineColours {
  readonly line: string;
  readonly level: string;
}

/** In CSS pixels, as in styles/series-list.css. Reading the size from the canvas would force a layout for each row. */
const size = { width: 72, height: 22 };

/** Draws values over the full width of a canvas, and the level as a dashed line. */
export function drawSparkline(
  canvas: HTMLCanvasElement,
  points: readonly number[],
  level: number,
  colours: SparklineColours,
): void {
  const ratio = devicePixelRatio;
  const width = Math.round(size.width * ratio);
  const height = Math.round(size.height * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  if (context === null || points.length === 0) return;
  const lowest = Math.min(...points);
  const highest = Math.max(...points);
  const margin = 2 * ratio;
  const span = highest - lowest || 1;
  const y = (value: number) => height - margin - ((value - lowest) / span) * (height - 2 * margin);
  const step = width / Math.max(1, points.length - 1);

  context.clearRect(0, 0, width, height);
  context.lineWidth = ratio;
  context.strokeStyle = colours.level;
  context.setLineDash([3 * ratio, 3 * ratio]);
  context.beginPath();
  context.moveTo(0, y(level));
  context.lineTo(width, y(level));
  context.stroke();
  context.setLineDash([]);
  context.strokeStyle = colours.line;
  context.lineWidth = 1.25 * ratio;
  context.beginPath();
  for (const [index, point] of points.entries()) context.lineTo(index * step, y(point));
  context.stroke();
}
