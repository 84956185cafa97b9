export interface Log {
  info: (message: string, facts?: Record<string, unknown>) => void
  warn: (message: string, facts?: Record<string, unknown>) => void
  error: (message: string, facts?: Record<string, unknown>) => void
}

const plain = (error: unknown): unknown =>
  error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : error

function line(level: string, message: string, facts: Record<string, unknown> = {}): void {
  const shown = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, plain(value)]))
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...shown })}\n`)
}

/** One JSON line per message on standard error; never secrets, never personal data. */
export const log: Log = {
  info: (message, facts) => line('info', message, facts),
  warn: (message, facts) => line('warn', message, facts),
  error: (message, facts) => line('error', message, facts),
}

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }
