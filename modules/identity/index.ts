import { defineModule, serve } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { getMe } from './me.ts'
import { openLink } from './open-link.ts'
import { getSecurity, listSessions, revokeSession } from './sessions.ts'
import { updateMe } from './update-me.ts'

export const identity = defineModule('identity', {
  routes: [
    serve(contract.me, getMe),
    serve(contract.update_me, updateMe),
    serve(contract.sessions, listSessions),
    serve(contract.revoke_session, revokeSession),
    serve(contract.security, getSecurity),
    serve(contract.open_link, openLink),
  ],
})
