import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { ClientError } from '../kernel/client.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const program = new Command('rialto').description('Rialto on the command line').version(version).showHelpAfterError()

// A command's code is loaded only when it is asked for, so that the algorithms start at once.
const algorithms: Record<string, () => Promise<(program: Command) => void>> = {
  attribution: async () => (await import('../algorithms/attribution/command.ts')).attributionCommand,
  matching: async () => (await import('../algorithms/matching/command.ts')).matchingCommand,
  overlap: async () => (await import('../algorithms/overlap/command.ts')).overlapCommand,
}

const asked = process.argv[2] ?? ''
const single = algorithms[asked]
if (single) (await single())(program)
else {
  for (const load of Object.values(algorithms)) (await load())(program)
  const [{ addLogin }, { addVerbs }] = await Promise.all([import('./login.ts'), import('./verbs.ts')])
  addLogin(program)
  addVerbs(program)
}

try {
  await program.parseAsync()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  console.error(error instanceof ClientError ? JSON.stringify(error.problem, null, 2) : message)
  process.exit(error instanceof ClientError ? 1 : 2)
}
