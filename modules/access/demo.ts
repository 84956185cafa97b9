import type { CastTools } from '../cast.ts'

const host = (name: string, ...roles: string[]) => ({
  name,
  email: `${name.toLowerCase()}@meridian.example`,
  roles: roles.map((role) => ({ role, scope: {} })),
})
const manager = (name: string, region: string) => ({
  name,
  email: `${name.toLowerCase()}@meridian.example`,
  roles: [{ role: 'channel_manager', scope: { regions: [region] } }],
})

export const MERIDIAN_PEOPLE = [
  host('Vera', 'owner', 'admin'),
  manager('Carl', 'EMEA'),
  manager('Ana', 'AMER'),
  manager('Kenji', 'APAC'),
  host('Dana', 'direct_seller'),
  host('Fiona', 'finance'),
  host('Lena', 'legal'),
  host('Elif', 'executive'),
  host('Audrey', 'auditor'),
]

/** The people of the two hosts; those of partners come with their firms. */
export async function cast(tools: CastTools): Promise<void> {
  for (const person of MERIDIAN_PEOPLE) await tools.person({ ecosystem: 'meridian', ...person })
  const roles = [
    { role: 'owner', scope: {} },
    { role: 'admin', scope: {} },
  ]
  await tools.person({ ecosystem: 'kestrel', name: 'Otto', email: 'otto@kestrel.example', roles })
}
