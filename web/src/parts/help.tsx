import { useEffect, useRef } from "preact/hooks";
import { keyHelp } from "../keys";

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="dialog" onClose={onClose} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <dl class="key-list">
        {keyHelp.map(([keys, what]) => [
          <dt key={keys[0]}>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>,
          <dd key={what}>{what}</dd>,
        ])}
      </dl>
      <button type="button" class="button" onClick={onClose}>Close</button>
    </dialog>
  );
}
