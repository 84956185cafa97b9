/** How sure it is that two records mean one firm: `same` decides, `review` asks a person, the rest is not told. */
export const BANDS = ['same', 'review'] as const
export type Band = (typeof BANDS)[number]

export const AGREEMENTS = [
  'domain',
  'alias_domain',
  'shared_domain',
  'company_number',
  'name',
  'similar_name',
  'country',
] as const
export type Agreement = (typeof AGREEMENTS)[number]

export const OUTCOMES = ['won', 'lost'] as const
type Outcome = (typeof OUTCOMES)[number]

const CLOSED = /^\W*(closed|geschlossen|abgeschlossen)\W*$/i
const ENDS: Readonly<Record<string, Outcome>> = { won: 'won', gewonnen: 'won', lost: 'lost', verloren: 'lost' }

/** The outcome that a stage says by its name, as `lost` or `Closed Won`; null where it says none. */
function outcomeOfStage(stage: unknown): Outcome | null {
  const words =
    String(stage ?? '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const [word, ...more] = words.filter((one) => !CLOSED.test(one))
  return word !== undefined && more.length === 0 ? (ENDS[word] ?? null) : null
}

interface Standing {
  stage?: unknown
  outcome?: unknown
}

/**
 * Stage and outcome of an opportunity made to agree: whichever a change names leads the other, as `closed lost` means lost, and a
 * stage that leaves such an end opens it again. Null where the two that are named contradict each other.
 */
export function agreeOutcome(known: Standing | null, given: Standing): Standing | null {
  const { stage, outcome } = given
  const [said, was] = [outcomeOfStage(stage), outcomeOfStage(known?.stage)]
  if (stage !== undefined) {
    if (said) return outcome && outcome !== said ? null : { stage, outcome: said }
    const reopens = outcome === undefined && was !== null && !CLOSED.test(String(stage))
    return { stage, outcome: reopens ? null : outcome }
  }
  if (outcome === undefined || outcome === was || outcome === (known?.outcome ?? null)) return given
  return { stage: outcome ?? (was ? 'open' : undefined), outcome }
}
