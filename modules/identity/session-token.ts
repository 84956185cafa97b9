import { createHmac, timingSafeEqual } from 'node:crypto'

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The session token of a signed value `token.signature`, or null when the signature is not ours. */
export function verifySigned(signed: string, secret: string): string | null {
  const value = decode(signed)
  const at = value.lastIndexOf('.')
  if (at < 1) return null
  const token = value.slice(0, at)
  const given = Buffer.from(value.slice(at + 1), 'base64')
  const ours = createHmac('sha256', secret).update(token).digest()
  return given.length === ours.length && timingSafeEqual(given, ours) ? token : null
}

/** The session token in a Cookie header. A secure site takes only the cookie that a browser guards. */
export function tokenOfCookie(header: string, secret: string, secure: boolean): string | null {
  const name = secure ? '__Secure-rialto.session_token' : 'rialto.session_token'
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (part.slice(0, at).trim() === name) return verifySigned(part.slice(at + 1).trim(), secret)
  }
  return null
}
