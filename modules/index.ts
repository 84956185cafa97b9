import type { Module } from '../kernel/module.ts'

/** The product, in dependency order: a module calls only those before it, later ones hear its events. */
export const modules: readonly Module[] = []
