/** A reservation is in nobody's way from its end on. What has no end, has not ended. */
export function hasEnded({ endsAt }: { readonly endsAt: Date | string | null }, now: Date): boolean {
  return endsAt !== null && new Date(endsAt) <= now;
}
