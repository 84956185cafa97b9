/** The hash of a password as the sign-in library makes and checks it; the library is read at the first one. */
export async function hashPassword(password: string): Promise<string> {
  const { hashPassword: hash } = await import('better-auth/crypto')
  return hash(password)
}
