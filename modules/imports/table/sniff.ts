const MAGIC: readonly (readonly [string, string])[] = [
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['d0cf11e0a1b11ae1', 'ole'],
  ['25504446', 'pdf'],
  ['89504e47', 'image'],
  ['ffd8ff', 'image'],
  ['47494638', 'image'],
  ['1f8b', 'gzip'],
  ['7f454c46', 'program'],
  ['4d5a9000', 'program'],
  ['efbbbf', 'text'],
  ['fffe', 'text'],
  ['feff', 'text'],
]

/** What a file is by its first bytes, never by its name: zip, ole, pdf, image, gzip, program, html, xml, json, text or binary. */
export function sniff(head: Uint8Array): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  const start = bytes.subarray(0, 8).toString('hex')
  const known = MAGIC.find(([magic]) => start.startsWith(magic))
  if (known) return known[1]
  const text = bytes.subarray(0, 1024).toString('latin1').trimStart().toLowerCase()
  if (/^<(!doctype html|html|head|body|table)/.test(text)) return 'html'
  if (text.startsWith('<?xml')) return 'xml'
  if (/^(\{\s*"|\[\s*[{["])/.test(text)) return 'json'
  // UTF-16 without a mark has a NUL in every second place; any other control character means bytes, not text.
  const isWide = bytes.length > 3 && (bytes[1] === 0) !== (bytes[0] === 0) && (bytes[3] === 0) !== (bytes[2] === 0)
  // oxlint-disable-next-line no-control-regex
  return isWide || !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(bytes.toString('latin1')) ? 'text' : 'binary'
}
