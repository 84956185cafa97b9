import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asSystem } from '../../kernel/run.ts'
import { type World, world } from '../../test/harness.ts'
import { addMember, createPerson } from '../access/add-member.ts'
import { aDeal, FAR } from './demo.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())

const seat = (email: string, party_id: string) =>
  asSystem(w.house, w.tenants.meridian, async (ctx) => {
    const person = await createPerson(ctx, { email, name: 'Wanda', locale: 'en', hash: null })
    return addMember(ctx, { name: 'Wanda', email, party_id, roles: [{ role: 'partner_seller', scope: {} }] }, person.id)
  })
const firmOf = async (who: string) => (await w.as(who).deals.list({ limit: 1 })).items[0]?.partner_id ?? ''

test('who knew an account at another firm is told of to the host, and to nobody else', async () => {
  const customer = { customer: 'Wandel AG', account_domain: 'wandel.example', closes_on: FAR }
  const other = { customer: 'Bleibend AG', account_domain: 'bleibend.example', closes_on: FAR }
  for (const mine of [customer, other]) await aDeal(w.as('pat'), { ...mine, customer: mine.customer })
  await aDeal(w.as('rivka'), { customer: 'Anfang AG', account_domain: 'anfang.example', closes_on: FAR })
  const [brightpath, rivertech] = [await firmOf('pat'), await firmOf('rivka')]
  const before = await seat('wanda@brightpath.example', brightpath)
  await w.as('pat').access.end({ id: before })
  await seat('wanda@brightpath.example', rivertech)
  const wanda = w.as('wanda')

  const deal = await aDeal(wanda, { ...customer, product: 'guard' })
  assert.deepEqual([deal.review, deal.partner_id], ['under_review', rivertech])
  assert.ok(!JSON.stringify([deal, await wanda.deals.timeline({ id: deal.id })]).includes('knew'))
  assert.ok(!JSON.stringify(deal).includes('known_from_former_firm'))
  const seen = (await w.as('carl').deals.get({ id: deal.id })).decision
  assert.equal(seen?.all_facts?.known_from_former_firm, true)
  assert.equal(seen?.all_reasons?.find((one) => one.hit)?.row, 'moved')

  const colleague = await aDeal(w.as('rivka'), { ...other, product: 'guard' })
  assert.equal(colleague.protection, 'protected')
  const fresh = await aDeal(wanda, { customer: 'Neuland AG', account_domain: 'neuland.example', closes_on: FAR })
  assert.equal(fresh.protection, 'protected')
})
