/** How the sentence begins with which reading refuses a whole file, by the name under which the web has it in the reader's language. */
const PROBLEMS: readonly (readonly [code: string, begins: string])[] = [
  ['empty', 'The file is empty'],
  ['no_rows', 'The file has headings but no rows'],
  ['ole', 'The file is an old or protected Excel'],
  ['pdf', 'The file is a PDF'],
  ['image', 'The file is a picture'],
  ['gzip', 'The file is packed'],
  ['program', 'The file is a program'],
  ['html', 'The file is a web page'],
  ['xml', 'The file is XML'],
  ['json', 'The file is JSON'],
  ['binary', 'The file holds binary data'],
  ['no_table', 'The file is no table'],
  ['archive', 'The file is an archive'],
  ['damaged', 'The file is a damaged workbook'],
  ['password', 'The workbook is protected'],
  ['unpacks', 'The workbook unpacks to far more'],
  ['too_slow', 'The file takes more than'],
  ['too_large', 'The file takes too much memory'],
  ['too_many_rows', 'The file has more than'],
  ['no_sheet', 'The workbook has no visible sheet'],
]

/** The name of a problem; none for those that name a line or a limit of their own, which stay as they are told. */
export const problemCode = (sentence: string): string | undefined =>
  PROBLEMS.find(([, begins]) => sentence.startsWith(begins))?.[0]
