import { clock, defineModule, listen, serve } from '../../kernel/module.ts'
import { protection_warned } from '../deals/contract.ts'
import * as contract from './contract.ts'
import { extendByLink, openExtension } from './extension-link.ts'
import { forgetLinks } from './forget-links.ts'
import { mailWarning } from './mail-warning.ts'

export const links = defineModule('links', {
  routes: [serve(contract.open_extension, openExtension), serve(contract.extend, extendByLink)],
  clocks: [clock('links.forget', forgetLinks)],
  listeners: [listen(protection_warned, mailWarning)],
})
