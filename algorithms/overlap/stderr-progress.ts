/** Shows each step on stderr: a running percentage on a terminal, a line every tenth elsewhere. Short steps stay silent. */
export function stderrProgress(): (step: string, done: number, total: number) => void {
  const began = new Map<string, number>()
  const shown = new Map<string, number>()
  return (step, done, total) => {
    const start = began.get(step) ?? Date.now()
    began.set(step, start)
    if (Date.now() - start < 500) return
    const part = process.stderr.isTTY ? 100 : 10
    const level = Math.floor((done / total) * part)
    if (shown.get(step) === level) return
    shown.set(step, level)
    const line = `${step}: ${Math.floor((done / total) * 100)} % of ${total}`
    process.stderr.write(process.stderr.isTTY ? `\r${line}${done === total ? '\n' : ''}` : `${line}\n`)
  }
}
