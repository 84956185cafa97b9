/** Words by the name of their module, from files named by their path. */
export const byModule = (files: Record<string, Record<string, unknown>>): Record<string, Record<string, unknown>> =>
  Object.fromEntries(Object.entries(files).map(([path, words]) => [path.split('/').at(-3) ?? '', words]))
