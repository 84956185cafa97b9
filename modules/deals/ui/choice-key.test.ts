import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Field } from '../../../kernel/conditions.ts'
import { FACTS } from '../facts.ts'
import { choiceKey } from './choice-key.ts'

type Words = { [key: string]: string | Words | undefined }
const wordsOf = (language: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${language}.json`), 'utf8')) as Record<string, Words>
const at = (words: Words, key: string) =>
  key.split('.').reduce<string | Words | undefined>((inner, part) => (typeof inner === 'object' ? inner[part] : inner), words)

const choices = FACTS.flatMap((field: Field) => (field.choices ?? []).map((value) => ({ ...field, value })))

test('each choice of a fact has its words in every language of whoever may read it', () => {
  let looked = 0
  for (const language of ['en', 'de', 'ar'])
    for (const { name, value, audience } of choices) {
      if (language === 'ar' && audience === 'inner') continue
      assert.equal(typeof at(wordsOf(language), choiceKey(name, value)), 'string', `${language}: ${name} ${value}`)
      looked += 1
    }
  assert.ok(looked > 40, `${looked} looked at`)
})

test('a choice that a record tells as well has one word, not two', () => {
  for (const language of ['en', 'de', 'ar']) {
    const words = wordsOf(language)
    for (const [fact, record] of [
      ['deal_type', 'type'],
      ['route', 'route'],
    ] as const) {
      assert.equal(words.value?.[fact], undefined, `${language}: ${fact} has words of its own beside the record's`)
      for (const { name, value } of choices) if (name === fact) assert.equal(choiceKey(name, value), `${record}.${value}`)
    }
  }
})
