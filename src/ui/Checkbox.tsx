// A checkbox with a word about it.

interface Props {
  id: string;
  label: string;
  hint: string;
  checked: boolean;
  onChange: (wanted: boolean) => void;
}

/** Shows what is stored: what was wanted may be asked about first, and refused. */
export function Checkbox({ id, label, hint, checked, onChange }: Props) {
  return (
    <div class="choice">
      <input
        type="checkbox"
        id={id}
        aria-describedby={`${id}-hint`}
        checked={checked}
        onChange={({ currentTarget }) => {
          const wanted = currentTarget.checked;
          currentTarget.checked = checked;
          onChange(wanted);
        }}
      />
      <label for={id}>{label}</label>
      <span class="hint" id={`${id}-hint`}>
        {hint}
      </span>
    </div>
  );
}
