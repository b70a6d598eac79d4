// What a story in the browser found to be so, and what not. Ends the program with 1 when something was not.

export function tally() {
  const wrong = [];
  return {
    wrong,
    expect(what, holds) {
      console.log(`${holds ? "  " : "✗ "}${what}`);
      if (!holds) wrong.push(what);
    },
    end() {
      if (wrong.length === 0) return;
      console.error(`${wrong.length} things are not as they should be:\n${wrong.join("\n")}`);
      process.exit(1);
    },
  };
}
