import { useTranslation } from 'react-i18next'
import { Bridge, Mark } from './kit/mark.tsx'

/** The street side of the door: what this house is. */
export function DoorFront() {
  const { t } = useTranslation()
  return (
    <aside className="door-front" aria-label="Rialto">
      <div className="bar">
        <Mark size={36} />
        <span className="house-name">Rialto</span>
      </div>
      <div>
        <p className="honour">{t('door.promise')}</p>
        <p>{t('door.text')}</p>
      </div>
      <Bridge />
    </aside>
  )
}
