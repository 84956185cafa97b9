import { unreadable } from './limits.ts'

/** What a reader of XML hears; names come without their prefix. */
export interface XmlHandler {
  open: (name: string, attributes: string) => void
  text: (text: string) => void
  close: (name: string) => void
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const bare = (name: string) => name.slice(name.indexOf(':') + 1)
const code = (value: number) => (value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '')

/** Resolves the five names and numbers; no others exist, since a document type is refused. */
function unescapeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex) return code(Number.parseInt(hex, 16))
      if (decimal) return code(Number(decimal))
      return ENTITIES[name ?? ''] ?? whole
    },
  )
}

/** One attribute of a tag's text. */
export function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return found ? unescapeXml(found[1] ?? found[2] ?? '') : null
}

const MAX_PIECE = 1_048_576
const tooLong = () => unreadable('The workbook holds a text or tag of more than a million characters')

function hearTag(tag: string, handler: XmlHandler): void {
  if (tag.startsWith('/')) return handler.close(bare(tag.slice(1).trimEnd()))
  const isEmpty = tag.endsWith('/')
  const body = isEmpty ? tag.slice(0, -1) : tag
  const space = body.search(/\s/)
  const name = bare(space < 0 ? body : body.slice(0, space))
  handler.open(name, space < 0 ? '' : body.slice(space))
  if (isEmpty) handler.close(name)
}

/** Where a piece that begins with `<` ends, as [its own end, the closing mark's length], or null while it is not whole. */
function endOf(buffer: string, at: number): readonly [number, number] | null {
  const mark = buffer.startsWith('<!--', at)
    ? '-->'
    : buffer.startsWith('<![CDATA[', at)
      ? ']]>'
      : buffer.startsWith('<?', at)
        ? '?>'
        : '>'
  const end = buffer.indexOf(mark, at + 1)
  return end < 0 ? null : [end, mark.length]
}

/** Reads XML as it arrives, in constant memory. A document type, the source of entities and outside references, is refused. */
export async function readXml(chunks: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  const decoder = new TextDecoder('utf-8')
  let buffer = ''
  for await (const chunk of chunks) {
    buffer += decoder.decode(chunk, { stream: true })
    let at = 0
    for (;;) {
      const start = buffer.indexOf('<', at)
      if (start < 0) break
      if (start > at) handler.text(unescapeXml(buffer.slice(at, start)))
      at = start
      // Enough of it must be there to tell comments and character data from tags.
      if (buffer.length - start < 9 && !buffer.includes('>', start)) break
      const end = endOf(buffer, start)
      if (!end) break
      const piece = buffer.slice(start + 1, end[0])
      if (piece.startsWith('![CDATA[')) handler.text(piece.slice(8))
      else if (piece.startsWith('!') && !piece.startsWith('!--'))
        throw unreadable('The workbook declares a document type, which spreadsheets never do; save it again as XLSX')
      else if (!piece.startsWith('!') && !piece.startsWith('?')) hearTag(piece, handler)
      at = end[0] + end[1]
    }
    buffer = buffer.slice(at)
    if (buffer.length > MAX_PIECE) throw tooLong()
  }
}
