import { states } from '../../kernel/states.ts'

/** The life of a partnership; a terminated one can only be begun anew, and one that was suspended while onboarding goes on with that. */
export const STATUS = states(
  {
    onboarding: { activate: 'active', suspend: 'suspended', terminate: 'terminated' },
    active: { suspend: 'suspended', terminate: 'terminated' },
    suspended: { reinstate: 'active', terminate: 'terminated' },
    terminated: {},
  },
  { initial: 'onboarding' },
)

export const TRACKS = ['reseller', 'si', 'msp', 'isv', 'referral', 'influence', 'distributor'] as const
export type Track = (typeof TRACKS)[number]

export const SUSPEND_REASONS = ['agreement_expired', 'screening', 'conduct', 'payment', 'inactive', 'other'] as const
export const TERMINATE_REASONS = [
  'agreement_ended',
  'mutual',
  'conduct',
  'acquired_by_competitor',
  'insolvent',
  'inactive',
  'other',
] as const
