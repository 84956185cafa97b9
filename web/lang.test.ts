import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { defaultPermissions, sideOf } from '../modules/roles.ts'

const root = join(import.meta.dirname, '..')
const modules = readdirSync(join(root, 'modules'))
const folders = ['web/lang', ...modules.map((module) => `modules/${module}/ui`)]
type Words = { [key: string]: string | Words }

function read(folder: string, language: string): Words | null {
  const path = join(root, folder, `${language}.json`)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Words) : null
}

// Languages count differently, so forms of one count are one word.
const PLURAL = /_(zero|one|two|few|many|other)$/
const keysOf = (words: Words, before = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [before + key.replace(PLURAL, '_other')] : keysOf(value, `${before}${key}.`),
  )
const holesOf = (text: string) => [...new Set(text.match(/\{\{\s*\w+/g) ?? [])].sort()
const holes = (words: Words, before = ''): [string, string[]][] =>
  Object.entries(words).flatMap(([key, value]): [string, string[]][] =>
    typeof value === 'string' ? [[before + key, holesOf(value)]] : holes(value, `${before}${key}.`),
  )

test('every English word has its German one, and no other', () => {
  for (const folder of folders) {
    const [en, de] = [read(folder, 'en'), read(folder, 'de')]
    assert.deepEqual(new Set(keysOf(de ?? {})), new Set(keysOf(en ?? {})), folder)
  }
})

test('every Arabic word stands for an English one', () => {
  for (const folder of folders) {
    const known = new Set(keysOf(read(folder, 'en') ?? {}))
    assert.deepEqual(
      keysOf(read(folder, 'ar') ?? {}).filter((key) => !known.has(key)),
      [],
      folder,
    )
  }
})

test('a word is filled with the same values in each language', () => {
  for (const folder of folders)
    for (const language of ['de', 'ar']) {
      const english = new Map(holes(read(folder, 'en') ?? {}))
      for (const [key, found] of holes(read(folder, language) ?? {})) {
        const wanted = english.get(key)
        if (wanted && !PLURAL.test(key)) assert.deepEqual(found, wanted, `${folder} ${language} ${key}`)
      }
    }
})

test('whatever a role may do has its words, for partners in Arabic as well', () => {
  const words = (language: string) => Object.keys(read('modules/access/ui', language)?.permission ?? {})
  const held = [...defaultPermissions()].flatMap(([role, permissions]) =>
    [...permissions].map((permission) => ({ side: sideOf(role), key: permission.replace('.', '_') })),
  )
  const inner = new Set(held.map(({ key }) => key))
  for (const language of ['en', 'de']) assert.deepEqual(new Set(words(language)), inner, language)
  const outer = held.filter(({ side }) => side === 'outer').map(({ key }) => key)
  assert.deepEqual(
    outer.filter((key) => !words('ar').includes(key)),
    [],
  )
})
