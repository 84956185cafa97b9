import { ask } from './ask.ts'

type CreationOptions = Parameters<typeof PublicKeyCredential.parseCreationOptionsFromJSON>[0]
type RequestOptions = Parameters<typeof PublicKeyCredential.parseRequestOptionsFromJSON>[0]

const isNumber = /^[\d.]+$|^\[/.test(location.hostname)

/** Whether this browser, at this address, can use passkeys. */
export const canUsePasskeys = (): boolean =>
  !isNumber && typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

/** A passkey belongs to a name, never to a number: the same page under this machine's name, when it was opened by its number. */
export const namedAddress = (): string | null =>
  ['127.0.0.1', '[::1]'].includes(location.hostname) ? location.href.replace(location.hostname, 'localhost') : null

function told(credential: Credential | null): object {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('', 'NotAllowedError')
  return credential.toJSON()
}

/** Asks the device which of its passkeys to use, and signs in with it. */
export async function signInWithPasskey(): Promise<void> {
  const options = await ask<RequestOptions>('GET', '/auth/passkey/generate-authenticate-options')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const response = told(await navigator.credentials.get({ publicKey }))
  await ask('POST', '/auth/passkey/verify-authentication', { response })
}

/** Lets the device make a passkey for who is signed in. */
export async function createPasskey(name: string): Promise<void> {
  const options = await ask<CreationOptions>('GET', '/auth/passkey/generate-register-options')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const response = told(await navigator.credentials.create({ publicKey }))
  await ask('POST', '/auth/passkey/verify-registration', { response, name })
}
