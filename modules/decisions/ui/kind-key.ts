/** A kind as the language files name it. */
export const kindKey = (kind: string): string => kind.replace('.', '_')
