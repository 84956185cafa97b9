import { Button } from '@mantine/core'
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../../web/kit/figures.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { type Doing, SecondSheet } from './second-sheet.tsx'

/** A code from a phone beside the password. */
export function TwoFactor({ isOn, hasPassword, onChange }: { isOn: boolean; hasPassword: boolean; onChange: () => void }) {
  const { t } = useTranslation('identity')
  const [doing, setDoing] = useState<Doing | null>(null)
  const ways: Doing[] = isOn ? ['renew', 'turn_off'] : ['turn_on']
  return (
    <Section title={t('second.title')}>
      <div className="stack" style={{ gap: 8, justifyItems: 'start' }}>
        <Chip icon={isOn ? IconShieldCheck : IconShieldOff} tone={isOn ? 'good' : 'plain'}>
          {t(isOn ? 'second.on' : 'second.off')}
        </Chip>
        <p className="soft">{t('second.text')}</p>
        {hasPassword && (
          <div className="bar tight">
            {ways.map((way) => (
              <Button key={way} variant="default" size="xs" onClick={() => setDoing(way)}>
                {t(`second.${way}`)}
              </Button>
            ))}
          </div>
        )}
      </div>
      {doing && <SecondSheet doing={doing} onClose={() => setDoing(null)} onChange={onChange} />}
    </Section>
  )
}
