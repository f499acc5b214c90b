/** What a table of change points says of its last columns. */
export const legendOfKind =
  'kind: unsure where a shift cannot be told from a drift; 95 %: confidence intervals';
