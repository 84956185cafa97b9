import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ask } from './ask.ts'
import { initialsOf } from './kit/initials.ts'
import { useAct } from './kit/use-act.ts'
import { type Demo, LAST, useDemo } from './session.ts'

/** At the door of a demo world: step in as somebody of the cast. */
export function DemoCast({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const { on, cast } = useDemo()
  const act = useAct()
  const be = async ({ email, ecosystem }: Demo['cast'][number]) => {
    if (!(await act.run(() => ask('POST', '/demo/be', { email })))) return
    // Somebody of several ecosystems begins where the story puts them.
    localStorage.setItem(LAST, ecosystem)
    onDone()
  }
  if (!on || cast.length === 0) return null
  return (
    <section className="cast" aria-label={t('demo.cast')}>
      <h2 style={{ marginBlockEnd: 8 }}>{t('demo.cast')}</h2>
      <p className="soft small" style={{ marginBlockEnd: 8 }}>
        {t('demo.cast_text')}
      </p>
      {act.failure && (
        <p role="alert" className="failure">
          {act.failure}
        </p>
      )}
      {(['inner', 'outer'] as const).map((side) => (
        <div key={side}>
          <h3 className="small soft">{t(side === 'inner' ? 'demo.hosts' : 'demo.partners')}</h3>
          <ul>
            {cast
              .filter((one) => one.side === side)
              .map((one) => (
                <li key={one.email}>
                  <UnstyledButton onClick={() => void be(one)}>
                    <span className="person" aria-hidden="true">
                      {initialsOf(one.name)}
                    </span>
                    <span style={{ minInlineSize: 0 }}>
                      <span className="strong">{one.name}</span>
                      <span className="soft small under">{t(`demo.role.${one.role}`, { defaultValue: one.role })}</span>
                      <bdi className="soft small under ellipsis">{one.email.split('@')[1]}</bdi>
                    </span>
                  </UnstyledButton>
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
