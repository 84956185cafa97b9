import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest()
const text = (words: string) => Buffer.concat([Buffer.from([0x60 + words.length]), Buffer.from(words)])
const bytes = (data: Uint8Array) =>
  Buffer.concat([
    data.length < 256 ? Buffer.from([0x58, data.length]) : Buffer.from([0x59, data.length >> 8, data.length & 255]),
    data,
  ])

const attestationOf = (data: Uint8Array) =>
  Buffer.concat([
    Buffer.from([0xa3]),
    text('fmt'),
    text('none'),
    text('attStmt'),
    Buffer.from([0xa0]),
    text('authData'),
    bytes(data),
  ])

/** A passkey in software (WebAuthn level 2, ES256, attestation none), for tests. */
export function softAuthenticator(origin: string) {
  const rp_id = new URL(origin).hostname
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  const PRESENT_AND_VERIFIED = 0x05
  const head = (flags: number) => Buffer.concat([sha256(rp_id), Buffer.from([flags, 0, 0, 0, 0])])
  const client = (type: string, challenge: string) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const credential = (response: Record<string, unknown>) => ({
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response,
  })
  return {
    create: (challenge: string) => {
      const key = Buffer.concat([
        Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]),
        bytes(Buffer.from(x, 'base64url')),
        Buffer.from([0x22]),
        bytes(Buffer.from(y, 'base64url')),
      ])
      const data = Buffer.concat([head(PRESENT_AND_VERIFIED | 0x40), Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      return credential({
        clientDataJSON: client('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestationOf(data).toString('base64url'),
        transports: ['internal'],
      })
    },
    get: (challenge: string) => {
      const data = head(PRESENT_AND_VERIFIED)
      const client_data = client('webauthn.get', challenge)
      const signature = sign('sha256', Buffer.concat([data, sha256(client_data)]), privateKey)
      return credential({
        clientDataJSON: client_data.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: signature.toString('base64url'),
      })
    },
  }
}
