import { useEffect, useState } from "preact/hooks";

/** Whether a media query holds, anew whenever that changes. */
export function useMatches(media: string): boolean {
  const [is, set] = useState(() => matchMedia(media).matches);
  useEffect(() => {
    const query = matchMedia(media);
    const listen = (): void => set(query.matches);
    listen();
    query.addEventListener("change", listen);
    return () => query.removeEventListener("change", listen);
  }, [media]);
  return is;
}
