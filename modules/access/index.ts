import { defineModule } from '../../kernel/module.ts'

export const access = defineModule('access', {
  refusals: {
    members_one_email: ['conflict', 'email: somebody with this address is a member already'],
    members_one_person: ['conflict', 'This person is a member of this ecosystem already'],
  },
})
