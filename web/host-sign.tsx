import { Mark } from './kit/mark.tsx'

/** A host's logo, or the bridge, with its name. */
export function HostSign({ name, logo }: { name: string | undefined; logo: string | null | undefined }) {
  return (
    <>
      {logo ? <img src={logo} alt="" /> : <Mark size={28} />}
      <span style={{ minInlineSize: 0 }}>{name}</span>
    </>
  )
}
