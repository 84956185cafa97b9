/** A form that was sent with something wrong or missing leads to the first such field, which says it. */
export function startFocusInvalid(): void {
  document.addEventListener('submit', ({ target }) => {
    // The form marks its fields while it handles the same event.
    setTimeout(() => (target as HTMLElement).querySelector<HTMLElement>('[aria-invalid=true]:is(input,select,textarea)')?.focus())
  })
}
