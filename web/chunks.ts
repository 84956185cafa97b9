interface ModuleGraph {
  getModuleInfo: (id: string) => { importedIds: readonly string[]; code: string | null } | null
}

/** What a first visit may begin with: the door, or one of the frames with its home. */
const STARTS = {
  door: /\/web\/sign-in\.tsx$/,
  frame: /\/(web\/(console|portal)|modules\/home\/ui\/home)\.tsx$/,
}
// Words come by language, and the schemas of forms are no part of a first visit.
const APART = /node_modules\/zod|\/lang\/|\.json/
const PACKAGE = /\/node_modules\//
const NAMED = /from ['"]@(?:mantine\/core|tabler\/icons-react)['"]/
const PART = /\/@(?:mantine\/core|tabler\/icons-react)\/.*\/(\w+)\.mjs$/

/** Our files that one needs, and the parts of packages they name; a package's own index would lead to all of it. */
function closure(graph: ModuleGraph, id: string, into = new Set<string>()): Set<string> {
  const info = into.has(id) || PACKAGE.test(id) ? null : graph.getModuleInfo(id)
  if (!info) return into
  into.add(id)
  for (const line of (info.code ?? '').split('\n'))
    if (NAMED.test(line)) for (const name of line.match(/\w+/g) ?? []) into.add(name)
  for (const imported of info.importedIds) closure(graph, imported, into)
  return into
}

/**
 * Names the file that a module of a first visit goes into. Few files: a request costs more than the bytes of a small
 * part, and small files compress badly; but neither the door nor a frame carries what only the other needs.
 */
export function firstChunks() {
  const seen: string[] = []
  let needed: { door: Set<string>; frame: Set<string> } | undefined
  const neededBy = (graph: ModuleGraph, start: RegExp) =>
    new Set(seen.filter((id) => start.test(id)).flatMap((id) => [...closure(graph, id)]))
  return {
    debugName: 'first',
    test: (id: string) => {
      seen.push(id)
      return !APART.test(id)
    },
    name: (id: string, graph: ModuleGraph): string | null => {
      needed ??= { door: neededBy(graph, STARTS.door), frame: neededBy(graph, STARTS.frame) }
      const key = PART.exec(id)?.[1] ?? id
      const [door, frame] = [needed.door.has(key), needed.frame.has(key)]
      if (door && frame) return 'first'
      if (door) return 'door'
      return frame ? 'frame' : null
    },
  }
}
