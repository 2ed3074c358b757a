// A checkbox with a label, and possibly a hint.

interface Props {
  id: string;
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (wanted: boolean) => void;
}

/** Shows the stored value: a change may need a permission first, which the user may refuse. */
export function Checkbox({ id, label, hint, checked, disabled = false, onChange }: Props) {
  return (
    <div class="choice">
      <input
        type="checkbox"
        id={id}
        {...(hint && { 'aria-describedby': `${id}-hint` })}
        checked={checked}
        disabled={disabled}
        onChange={({ currentTarget }) => {
          const wanted = currentTarget.checked;
          currentTarget.checked = checked;
          onChange(wanted);
        }}
      />
      <label for={id}>{label}</label>
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}
