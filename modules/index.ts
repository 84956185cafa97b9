import type { Module } from '../kernel/module.ts'
import { access } from './access/index.ts'
import { accounts } from './accounts/index.ts'
import { deals } from './deals/index.ts'
import { decisions } from './decisions/index.ts'
import { ecosystems } from './ecosystems/index.ts'
import { home } from './home/index.ts'
import { identity } from './identity/index.ts'
import { imports } from './imports/index.ts'
import { links } from './links/index.ts'
import { partners } from './partners/index.ts'
import { views } from './views/index.ts'

/** The product, in dependency order: a module calls only those before it, later ones hear its events. */
export const modules: readonly Module[] = [
  identity,
  ecosystems,
  access,
  partners,
  accounts,
  decisions,
  deals,
  links,
  imports,
  views,
  home,
]
