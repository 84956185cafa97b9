const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Start it, or correct the address in DATABASE_URL.',
  ENOTFOUND: 'Correct the host in DATABASE_URL.',
  EAI_AGAIN: 'Correct the host in DATABASE_URL, or see why names are not resolved.',
  ETIMEDOUT: 'See whether it runs and a firewall is between, or correct the address in DATABASE_URL.',
  '28P01': 'Correct user and password in DATABASE_URL (or DATABASE_APP_URL).',
  '28000': 'Let this user in from this machine (pg_hba.conf), or correct the user in DATABASE_URL (or DATABASE_APP_URL).',
  '3D000': 'Create the database, or correct its name in DATABASE_URL.',
  '42501': 'Name the owner of the database in DATABASE_URL.',
  '53300': 'Raise its max_connections, or end other programs that use it.',
  '57P03': 'It is starting or stopping: try again in a moment.',
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

// Where a name has two addresses, each has an error of its own.
const first = (error: unknown): unknown => (error instanceof AggregateError ? (error.errors[0] ?? error) : error)

/** What a person reads when a command could not do its work: the cause and the remedy, never a password. */
export function whyNot(error: unknown, database_url: string | undefined): string {
  const cause = first(error)
  const message = cause instanceof Error ? cause.message : String(cause)
  const code = /connection timeout|terminated unexpectedly/i.test(message) ? 'ETIMEDOUT' : codeOf(cause)
  const remedy = REMEDIES[code]
  if (!remedy || !database_url || !URL.canParse(database_url)) return message
  const { host, pathname } = new URL(database_url)
  return `The database ${host}${pathname} cannot be used: ${message}. ${remedy} Nothing was changed.`
}
