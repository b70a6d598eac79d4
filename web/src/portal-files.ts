// Boxes for files marked data-files say the names of what was chosen, each with its size, also to those who listen.

export function nameFiles(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("input[type=file][data-files]")) {
    const list = document.createElement("p");
    list.className = "hint";
    list.setAttribute("role", "status");
    box.after(list);
    box.addEventListener("change", () => {
      const size = new Intl.NumberFormat(document.documentElement.lang, {
        style: "unit",
        unit: "megabyte",
        maximumFractionDigits: 1,
      });
      const names = [...(box.files ?? [])].map((file) => `${file.name} (${size.format(file.size / 1e6)})`);
      list.textContent = names.length > 0 ? `${box.dataset.filesLabel ?? ""} ${names.join(", ")}` : "";
    });
  }
}
