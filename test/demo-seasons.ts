import assert from 'node:assert/strict'
import type { DemoWorld } from './demo-world.ts'

interface Closing {
  at: string
  country: string
  stage: string
  eur: number
}

const DAY = 86_400_000
const YEAR = 355
const EMEA_NOT = ['US', 'JP', 'AU', 'SG', 'IN']

const closingsOf = (w: DemoWorld): Promise<Closing[]> =>
  w.owner<Closing>(
    `select to_char(e.at at time zone 'UTC', 'YYYY-MM-DD') as at, p.country, d.stage, i.amount_plan_minor::float8 / 100 as eur from deals d
      join lateral (select max(x.at) as at from events x where x.tenant_id = d.tenant_id and x.subject_id = d.id and x.type = 'deals.stage_moved'
        and x.data ->> 'stage' = d.stage) e on true
      join partners p on p.tenant_id = d.tenant_id and p.id = d.partner_id join deal_inners i on i.tenant_id = d.tenant_id and i.deal_id = d.id
      where d.tenant_id = $1 and d.stage in ('won', 'lost')`,
    [w.tenants.meridian],
  )

/** Meridian's fiscal quarters end with January, April, July and October. */
function seasonOf(at: string): 'august' | 'quarter end' | 'rest' {
  const [, month = 0, day = 0] = at.split('-').map(Number)
  return month === 8 ? 'august' : month % 3 === 1 && day > 12 ? 'quarter end' : 'rest'
}

/** How many deals close on a day of a season. */
function rateOf(closings: readonly Closing[], end: string, season: ReturnType<typeof seasonOf>): number {
  const days = Array.from({ length: YEAR - 2 }, (_, i) => new Date(Date.parse(end) - (i + 3) * DAY).toISOString().slice(0, 10))
  const closed = closings.filter(({ at }) => Date.parse(end) - Date.parse(at) <= (YEAR + 1) * DAY && seasonOf(at) === season)
  return closed.length / days.filter((at) => seasonOf(at) === season).length
}

const hijri = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', { month: 'numeric', timeZone: 'UTC' })
const isRamadan = (at: string) => hijri.formatToParts(new Date(at)).find((one) => one.type === 'month')?.value === '9'
const isNewYear = (at: string) => /-12-(29|3\d)$|-01-0[1-3]$/.test(at)

/** The year of the demo world is no even row of days, whichever day it is loaded on. */
export async function assertSeasons(w: DemoWorld): Promise<void> {
  const closings = await closingsOf(w)
  const [quarter_end, august, rest] = (['quarter end', 'august', 'rest'] as const).map((one) => rateOf(closings, w.end, one))
  assert.ok((quarter_end ?? 0) > 1.25 * (rest ?? 0), `${quarter_end} a day at ends of quarters, ${rest} else`)
  assert.ok((august ?? 0) < 0.8 * (rest ?? 0), `${august} a day in August, ${rest} else`)
  const of = (country: string) => closings.filter((one) => one.country === country).map((one) => one.at)
  assert.ok(of('SA').length > 15 && !of('SA').some(isRamadan), 'nobody signs in Ramadan')
  assert.ok(of('JP').length > 20 && !of('JP').some(isNewYear), 'nobody signs at New Year in Japan')
  const wins = closings.filter((one) => one.stage === 'won')
  const between = (list: readonly Closing[], from: number, to: number) =>
    list.filter(({ at }) => {
      const ago = Date.parse(w.end) - Date.parse(at)
      return ago > from * DAY && ago <= to * DAY
    })
  const emea = wins.filter(({ country }) => !EMEA_NOT.includes(country))
  const euros = (from: number, to: number) => between(emea, from, to).reduce((sum, one) => sum + one.eur, 0)
  for (const from of [0, 91]) {
    const [now, before] = [euros(from, from + 91), euros(from + 365, from + 456)]
    assert.ok(now > 1.5 * before, `${now} in the quarter from ${from} days ago on, ${before} a year before`)
  }
  // Solace, won 18 days ago, is the one large exception; so wins are counted.
  const amer = wins.filter(({ country }) => country === 'US')
  const [lately, earlier] = [between(amer, 0, 58).length / 58, between(amer, 62, YEAR).length / (YEAR - 62)]
  assert.ok(lately < earlier / 2, `${lately} wins a day since two people left Lakehurst, ${earlier} before`)
}
