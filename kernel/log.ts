export interface Log {
  info: (message: string, facts?: Record<string, unknown>) => void
  warn: (message: string, facts?: Record<string, unknown>) => void
  error: (message: string, facts?: Record<string, unknown>) => void
}

const plain = (error: unknown): unknown =>
  error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : error

const at =
  (level: string) =>
  (message: string, facts: Record<string, unknown> = {}): void => {
    const shown = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, plain(value)]))
    process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...shown })}\n`)
  }

/** One JSON line per message on standard error; never secrets, never personal data. */
export const log: Log = { info: at('info'), warn: at('warn'), error: at('error') }

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }
