/**
 * Text from a machine or a person as a boot loader may show it: letters, digits and a little punctuation, everything
 * else an underscore. No boot loader quotes alike, so what needs quoting is not shown.
 */
export function screenText(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text)) return text; // nearly every host name and serial number
  const shown = text
    .replace(/[^A-Za-z0-9 .,:()_/-]/g, "_")
    .replace(/ +/g, " ")
    .trim()
    .slice(0, 120);
  return shown === "" || shown.startsWith("-") ? `_${shown}` : shown;
}

/** Name and place, as much as fits into one line of 80 characters with what comes around. */
export function whoIs({ name, place }: { readonly name: string; readonly place: string | null }): string {
  const shown = screenText(name).slice(0, 30);
  return place === null ? shown : `${shown} in ${screenText(place).slice(0, 22)}`;
}
