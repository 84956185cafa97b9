import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalKey, type KeyKind } from './canonical-key.ts'

const CASES: [text: string, kind: KeyKind, key: string | null][] = [
  ['https://Shop.ACME.co.uk:8080/about?x=1', 'domain', 'acme.co.uk'],
  [' www.acme.com ', 'domain', 'acme.com'],
  ['info@acme.com', 'domain', 'acme.com'],
  ['ａｃｍｅ．com', 'domain', 'acme.com'],
  ['müller.example', 'domain', 'xn--mller-kva.example'],
  ['xn--mller-kva.example', 'domain', 'xn--mller-kva.example'],
  ['https://acme.github.io/shop', 'domain', 'acme.github.io'],
  ['github.io', 'domain', 'github.io'],
  ['acme', 'domain', null],
  ['co.uk', 'domain', null],
  ['10.0.0.1', 'domain', null],
  [' Ann@Acme.COM ', 'email', 'ann@acme.com'],
  ['ann at acme', 'email', null],
  ['  Acme\t  Ltd ', 'text', 'acme ltd'],
  ['ﬁn', 'text', 'fin'],
  ['   ', 'text', null],
  ['x'.repeat(1001), 'text', null],
]

test('two spellings of one thing become one key, and what is no such thing becomes none', () => {
  for (const [text, kind, key] of CASES) assert.equal(canonicalKey(text, kind), key, `${kind} ${text.slice(0, 40)}`)
})

test('a key stays what it is when made canonical again', () => {
  for (const [text, kind] of CASES) {
    const once = canonicalKey(text, kind)
    if (once !== null) assert.equal(canonicalKey(once, kind), once)
  }
})
