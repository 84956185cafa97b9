import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ask } from './ask.ts'
import { useDemo } from './session.ts'

interface Row {
  id: string
  created_at: string
}
interface Letter {
  subject: string
  html: string
}

/** Mails lie in the outbox of one of the person's ecosystems; the demo world has few enough to ask each. */
async function newest(email: string, ecosystems: string[]): Promise<Letter | null> {
  const found = await Promise.all(
    ecosystems.map(async (slug) => {
      const headers = { 'x-ecosystem': slug }
      const path = `/demo/outbox?limit=1&to_address=${encodeURIComponent(email)}`
      const { items } = await ask<{ items: Row[] }>('GET', path, undefined, headers)
      return items.map((row) => ({ ...row, headers }))
    }),
  )
  const [last] = found.flat().sort((a, b) => b.created_at.localeCompare(a.created_at))
  return last ? ask<Letter>('GET', `/demo/outbox/${last.id}`, undefined, last.headers) : null
}

/** In the demo world no mail leaves the house: the letter lies right here, and its link works. */
export function DemoLetter({ email, since }: { email: string; since: string }) {
  const { t } = useTranslation()
  const { cast } = useDemo()
  const mine = cast.filter((one) => one.email === email.toLowerCase()).map((one) => one.ecosystem)
  const { data: letter } = useQuery({
    queryKey: ['demo-letter', email, since],
    queryFn: () => newest(email, mine),
    refetchInterval: 1500,
  })
  if (!letter?.html) return null
  return (
    <section aria-label={t('demo.letter')} className="stack" style={{ gap: 8 }}>
      <p className="soft small">{t('demo.letter')}</p>
      <iframe
        title={letter.subject}
        sandbox="allow-top-navigation-by-user-activation"
        // The link signs in right here, not in a window of its own.
        srcDoc={letter.html.replaceAll('target="_blank"', 'target="_top"')}
        className="letter"
      />
    </section>
  )
}
