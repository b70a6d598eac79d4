// Boxes for files marked data-files say the names of what was chosen, each with its size, also to those who listen; and
// say at once when there is too much of it, before it is sent for nothing.

const mostBytes = 10 * 1024 * 1024;
const mostFiles = 5;

export function nameFiles(): void {
  const size = new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: 1,
  });
  for (const box of document.querySelectorAll<HTMLInputElement>("input[type=file][data-files]")) {
    const list = document.createElement("p");
    list.className = "hint";
    list.setAttribute("role", "status");
    box.after(list);
    box.addEventListener("change", () => {
      const files = [...(box.files ?? [])];
      const tooMuch = files.length > mostFiles || files.some((file) => file.size > mostBytes);
      const names = files.map((file) => `${file.name} (${size.format(file.size / 1e6)})`);
      const said = [`${box.dataset.filesLabel ?? ""} ${names.join(", ")}`];
      if (tooMuch) said.push(box.dataset.filesTooMuch ?? "");
      list.textContent = names.length > 0 ? said.join(". ") : "";
      list.classList.toggle("bad", tooMuch);
    });
  }
}
