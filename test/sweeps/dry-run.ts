import type { Database } from '../../kernel/db.ts'

/** Lets every transaction do its work and then rolls it back, so that each probe finds the same world; returns the way back. */
export function dryRun(database: Database): () => void {
  const real = database.tx
  const mark = new Error('A dry run keeps nothing')
  database.tx = async (entry, options, work) => {
    let result: { value: Awaited<ReturnType<typeof work>> } | undefined
    try {
      return await real(entry, options, async (tx) => {
        result = { value: await work(tx) }
        throw mark
      })
    } catch (error) {
      if (error === mark && result) return result.value
      throw error
    }
  }
  return () => {
    database.tx = real
  }
}
