import { type Answer, runJob } from './job.ts'
import { createPool, type Pool } from './pool.ts'

/** A pool in the calling thread: for short lists, tests and hosts without workers. */
export function localPool(): Pool {
  let onAnswer: (answer: Answer) => void = () => {}
  return createPool([
    {
      post: (job) => void runJob(job).then((answer) => onAnswer(answer)),
      listen: (listener) => {
        onAnswer = listener
      },
      close: () => {},
    },
  ])
}
