import { type Finding, type Rule, rowsOf } from './catalog-look.ts'
import { kindOf, POLICY_FUNCTIONS, SHARED } from './tables.ts'

interface Policy {
  table: string
  name: string
  roles: string[]
  command: string
  permissive: boolean
  qual: string | null
  checks: string | null
  qual_tree: string | null
  check_tree: string | null
}

const NODES = new Set(['BOOLEXPR', 'OPEXPR', 'FUNCEXPR', 'VAR', 'CONST', 'RELABELTYPE', 'NULLTEST'])
const FIRST = /^\(?\(?tenant_id = app\.tenant\(\)\)?( AND |$)/

/** A policy may hold columns, constants, `=`, and, or, and the functions that read settings; nothing else runs on every node. */
async function treeFindings(tree: string, operators: Map<string, string>, functions: Map<string, string>): Promise<string[]> {
  const found: string[] = []
  for (const [, node = ''] of tree.matchAll(/\{([A-Z_]+)/g)) if (!NODES.has(node)) found.push(`a ${node}`)
  for (const [, id = ''] of tree.matchAll(/:opno (\d+)/g))
    if (operators.get(id) !== '=') found.push(`the operator ${operators.get(id)}`)
  for (const [, id = ''] of tree.matchAll(/:funcid (\d+)/g)) {
    const name = functions.get(id) ?? id
    if (!POLICY_FUNCTIONS.includes(name)) found.push(`the function ${name}`)
  }
  for (const [, of = ''] of tree.matchAll(/\{NULLTEST :arg \{([A-Z]+)/g))
    if (of !== 'VAR') found.push('a null test of more than a column')
  if (/:boolop not/.test(tree)) found.push('a not')
  return found
}

function shape(policy: Policy, app: string): string[] {
  const found: string[] = []
  const exprs = [policy.qual, policy.checks].filter((expr): expr is string => expr !== null)
  if (!policy.permissive) found.push('is restrictive')
  if (!policy.roles.includes(app)) {
    const plain = policy.name === 'owner_all' && exprs.every((expr) => expr === 'true') && policy.roles.length === 1
    return plain ? found : [...found, `is for ${policy.roles.join(', ')}`]
  }
  if (policy.roles.length !== 1) found.push(`is for ${policy.roles.join(', ')}`)
  for (const expr of exprs) {
    // An `or` beside the tenant would open it to all others.
    if (!FIRST.test(expr) || /^\(*tenant_id = app\.tenant\(\)\)+ OR /.test(expr))
      found.push(`does not begin with the tenant: ${expr}`)
  }
  return found
}

export const policyFindings: Rule = async (look) => {
  const policies = await rowsOf<Policy>(
    look,
    'policies',
    `select c.relname as table, p.polname as name, p.polcmd as command, p.polpermissive as permissive,
        array(select case when r = 0 then 'public' else pg_get_userbyid(r)::text end from unnest(p.polroles) r) as roles,
        pg_get_expr(p.polqual, p.polrelid) as qual, pg_get_expr(p.polwithcheck, p.polrelid) as checks, p.polqual::text as qual_tree, p.polwithcheck::text as check_tree
      from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = 'public'::regnamespace`,
  )
  const named = async (text: string) =>
    new Map((await look.db.query<{ id: string; name: string }>(text)).rows.map((row) => [row.id, row.name]))
  const operators = await named('select oid::text as id, oprname as name from pg_operator')
  const functions = await named(
    `select p.oid::text as id, n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace`,
  )
  const found: Finding[] = []
  for (const policy of policies) {
    const object = `${policy.name} on ${policy.table}`
    const trees = [policy.qual_tree, policy.check_tree].filter((tree): tree is string => tree !== null)
    for (const tree of trees)
      for (const text of await treeFindings(tree, operators, functions))
        found.push({ rule: 'policies hold only columns and settings', object, text })
    for (const text of shape(policy, look.app)) found.push({ rule: 'policies have one shape', object, text })
    const alone = [policy.qual, policy.checks].every((expr) => expr === null || /^\(*tenant_id = app\.tenant\(\)\)*$/.test(expr))
    if (alone && policy.roles.includes(look.app) && !(object in SHARED))
      found.push({
        rule: 'a wall of the tenant alone has a reason',
        object,
        text: 'say in test/sweeps/tables.ts why every party passes',
      })
  }
  const there = new Set(policies.map(({ name, table }) => `${name} on ${table}`))
  for (const object of Object.keys(SHARED).filter((one) => !there.has(one)))
    found.push({ rule: 'a wall of the tenant alone has a reason', object, text: 'is named there and does not exist' })
  const tables = await look.db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  )
  for (const { name } of tables.rows.filter((row) => kindOf(row.name) === 'tenant')) {
    for (const needed of ['app_rows', 'owner_all']) {
      if (!policies.some((policy) => policy.table === name && policy.name === needed))
        found.push({ rule: 'every tenant table is protected', object: name, text: `has no policy ${needed}` })
    }
  }
  return found
}
