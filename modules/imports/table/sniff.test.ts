import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sniff } from './sniff.ts'

test('what a file is, is told by its bytes', () => {
  const cases: [string | Buffer, string][] = [
    [Buffer.from('504b030414', 'hex'), 'zip'],
    ['%PDF-1.7', 'pdf'],
    [Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'ole'],
    ['<!doctype html><p>', 'html'],
    ['{"a":1}', 'json'],
    ['{curly},name', 'text'],
    ['name;land\n', 'text'],
    [Buffer.from('name;land', 'utf16le'), 'text'],
    [Buffer.from([1, 2, 3, 4]), 'binary'],
  ]
  for (const [content, kind] of cases) assert.equal(sniff(Buffer.from(content as string)), kind, String(content))
})
