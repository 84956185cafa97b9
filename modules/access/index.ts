import { defineModule, serve } from '../../kernel/module.ts'
import { acceptInvitation, joinEcosystem, openInvitation } from './accept-invitation.ts'
import { createKey, listKeys, revokeKey } from './api-keys.ts'
import { changeRole, createRole } from './change-role.ts'
import * as contract from './contract.ts'
import { explainAccess } from './explain-access.ts'
import { foundFirst, getFirstRun } from './first-run.ts'
import { inviteMember, resendInvitation, TAKEN } from './invite-member.ts'
import { getMail, listMails } from './outbox.ts'
import { renameRole, retireRole } from './own-roles.ts'
import { getMember, listMembers, memberTimeline } from './queries.ts'
import { listRoles } from './roles.ts'
import { endMember, updateMember } from './update-member.ts'

export const access = defineModule('access', {
  routes: [
    serve(contract.list, listMembers),
    serve(contract.get, getMember),
    serve(contract.invite, inviteMember),
    serve(contract.resend, resendInvitation),
    serve(contract.update, updateMember),
    serve(contract.end, endMember),
    serve(contract.roles, listRoles),
    serve(contract.change_role, changeRole),
    serve(contract.create_role, createRole),
    serve(contract.rename_role, renameRole),
    serve(contract.retire_role, retireRole),
    serve(contract.timeline, memberTimeline),
    serve(contract.explain, explainAccess),
    serve(contract.open_invitation, openInvitation),
    serve(contract.accept_invitation, acceptInvitation),
    serve(contract.join, joinEcosystem),
    serve(contract.first_run, getFirstRun),
    serve(contract.found, foundFirst),
    serve(contract.list_keys, listKeys),
    serve(contract.create_key, createKey),
    serve(contract.revoke_key, revokeKey),
    serve(contract.list_mails, listMails),
    serve(contract.get_mail, getMail),
  ],
  refusals: {
    roles_once: ['conflict', 'code: this is a role already'],
    members_one_email: ['conflict', TAKEN],
    members_one_person: [
      'conflict',
      'You have access to this ecosystem already, for another firm or for the host: ask there that it ends first, then accept',
    ],
    member_roles_once: ['conflict', 'The roles were changed a moment ago; repeat your change'],
  },
})
