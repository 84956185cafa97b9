import { useState } from 'react'
import { ClientError } from '../../kernel/client.ts'
import { issuesOf } from '../api.ts'
import { useErrorText } from './states.tsx'
import { toast } from './toast.tsx'

export interface Act {
  isBusy: boolean
  /** What went wrong, in words for the person; empty while all is well. */
  failure: string
  /** It failed because somebody else changed the record first. */
  isStale: boolean
  /** The refusal's issues by the path of their field. */
  issues: Record<string, string>
  /** Says what is missing, at its field where one is named. */
  fail: (text: string, field?: string) => void
  /** Does one thing; says `done` when it worked and tells whether it did. */
  run: (doing: () => Promise<unknown>, done?: string) => Promise<boolean>
}

/** One thing a person does: busy meanwhile, a toast when it worked, a sentence (and issues for a form) when it did not. */
export function useAct(onIssues?: (issues: Record<string, string>) => void): Act {
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const [isStale, setStale] = useState(false)
  const [issues, setIssues] = useState<Record<string, string>>({})
  const run: Act['run'] = async (doing, done) => {
    setBusy(true)
    setFailure('')
    setStale(false)
    setIssues({})
    try {
      await doing()
      if (done) toast(done)
      return true
    } catch (error) {
      setIssues(issuesOf(error))
      onIssues?.(issuesOf(error))
      setFailure(errorText(error))
      setStale(error instanceof ClientError && error.code === 'stale')
      return false
    } finally {
      setBusy(false)
    }
  }
  const fail: Act['fail'] = (text, field) => {
    setFailure(field ? '' : text)
    setIssues(field ? { [field]: text } : {})
  }
  return { isBusy, failure, isStale, issues, fail, run }
}
