/** What the legend explains: marks, lines and shading. */
export type MarkKind =
  | 'true'
  | 'marked'
  | 'window'
  | 'decided'
  | 'interval'
  | 'delay'
  | 'level'
  | 'known'
  | 'restart'
  | 'service';

export interface MarkStyle {
  readonly colour: string;
  readonly shape: 'triangle' | 'line' | 'span' | 'dash' | 'dot' | 'ring';
  readonly legend: string;
}

/** The look of each mark, for the legend, the page and the picture. */
export const markStyles: Readonly<Record<MarkKind, MarkStyle>> = {
  true: { colour: '#1f77b4', shape: 'triangle', legend: 'the generator changed the level' },
  marked: { colour: '#1f77b4', shape: 'triangle', legend: 'marked by an annotator' },
  window: { colour: '#1f77b4', shape: 'span', legend: 'marked window' },
  decided: { colour: '#d62728', shape: 'line', legend: 'first reading of a new level' },
  interval: { colour: '#e69f00', shape: 'span', legend: 'where it may be, 95 %' },
  delay: { colour: '#d62728', shape: 'span', legend: 'until it was detected' },
  level: { colour: '#111', shape: 'dash', legend: 'level' },
  known: { colour: '#d62728', shape: 'triangle', legend: 'AED detected it' },
  restart: { colour: '#17becf', shape: 'dot', legend: 'generation restarted' },
  service: { colour: '#9467bd', shape: 'ring', legend: 'service detected it' },
};

/** How much a shade covers what is below it. */
export const shadeOpacity = { interval: 0.3, delay: 0.12, window: 0.12 } as const;
