import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { Refusal } from './errors.ts'
import type { Shelf } from './files.ts'

const told = (error: unknown): never => {
  const why = error instanceof Error ? error.name : 'no answer'
  const text = `The file store of S3_URL does not take or give the file (${why}): nothing was kept; try again, or tell the operator`
  throw new Refusal('unavailable', text, { retry_after: 10 })
}

/** Is only the file not there? A bucket that is not there is a 404 as well, and the operator's matter. */
const isGone = (error: unknown): boolean =>
  error instanceof Error &&
  error.name !== 'NoSuchBucket' &&
  (error as Partial<S3ServiceException>).$metadata?.httpStatusCode === 404

/**
 * A bucket by its address: `https://KEY:SECRET@host/bucket/prefix?region=eu-central-1` for any S3 server, or `s3://bucket/prefix?region=…`
 * for Amazon's with the machine's own credentials.
 */
export function openBucket(address: string, checked: (key: string) => string): Shelf {
  const url = new URL(address)
  const isAmazon = url.protocol === 's3:'
  const path = url.pathname.split('/').filter(Boolean)
  const [Bucket, ...prefix] = isAmazon ? [url.hostname, ...path] : path
  if (!Bucket) throw new Error('S3_URL names no bucket: write it as https://KEY:SECRET@host/bucket')
  const given = url.username
    ? { credentials: { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) } }
    : {}
  // Read at the first use, since it slows a start.
  const library = () => import('@aws-sdk/client-s3')
  let opened: S3Client | undefined
  const options = {
    region: url.searchParams.get('region') ?? 'us-east-1',
    ...(isAmazon ? {} : { endpoint: `${url.protocol}//${url.host}`, forcePathStyle: true }),
    ...given,
    // Servers other than Amazon's do not know the newer trailing checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  } as const
  const open = async () => {
    const sdk = await library()
    opened ??= new sdk.S3Client(options)
    return { ...sdk, client: opened }
  }
  const at = (key: string) => ({ Bucket, Key: [...prefix, checked(key)].join('/') })
  return {
    path: null,
    move: async (from, key, size) => {
      const { client, PutObjectCommand } = await open()
      await client.send(new PutObjectCommand({ ...at(key), Body: createReadStream(from), ContentLength: size })).catch(told)
    },
    read: async (key) => {
      const { client, GetObjectCommand } = await open()
      const found = await client
        .send(new GetObjectCommand(at(key)))
        .catch((error: unknown) => (isGone(error) ? null : told(error)))
      if (found === null) return null
      const { Body } = found
      if (!(Body instanceof Readable)) throw new Error('The bucket gave no stream')
      return Body
    },
    remove: async (key) => {
      const { client, DeleteObjectCommand } = await open()
      await client.send(new DeleteObjectCommand(at(key))).catch(told)
    },
  }
}
