// Choosing a file with the browser's dialog.

/**
 * Opens the dialog. Call it directly from a click.
 * @param accept the kinds of files that are offered first, as in the HTML attribute
 * @returns undefined if the user cancels
 */
export function chooseFile(accept: string): Promise<File | undefined> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]));
    input.addEventListener('cancel', () => resolve(undefined));
    input.click();
  });
}
