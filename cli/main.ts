import { Command } from 'commander'

const program = new Command('rialto').description('Rialto on the command line').showHelpAfterError()

// A command's code is loaded only when it is asked for, so that `rialto --help` answers at once.
const rooms: Record<string, () => Promise<(program: Command) => void>> = {
  attribution: async () => (await import('../algorithms/attribution/command.ts')).attributionCommand,
  matching: async () => (await import('../algorithms/matching/command.ts')).matchingCommand,
  overlap: async () => (await import('../algorithms/overlap/command.ts')).overlapCommand,
}

const asked = process.argv[2] ?? ''
for (const [name, load] of Object.entries(rooms)) {
  if (asked === name || !(asked in rooms)) (await load())(program)
}

await program.parseAsync()
