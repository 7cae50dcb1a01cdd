/** Lets a cell of the confusion matrix show its own mistakes only. */
MnistNet.filter = (() => {
  const { make, button } = MnistNet.elements;

  const isSame = (a, b) => a.dataset.true === b.dataset.true && a.dataset.predicted === b.dataset.predicted;

  /** Puts a cell's content into a button: one that the keyboard reaches too. */
  function intoButton(cell, action, words) {
    const inner = button("", action, { class: "cell", "aria-pressed": "false", title: words });
    inner.append(...cell.childNodes);
    cell.append(inner);
    return inner;
  }

  /**
   * Starts the filter.
   * @param {HTMLElement} list Holds the mistakes, figures with data-true and data-predicted.
   * @param {HTMLElement} text Says what is shown.
   * @param {HTMLElement[]} cells Of the confusion matrix, with the same attributes.
   * @param {string[]} classNames
   */
  function start(list, text, cells, classNames) {
    const figures = [...list.querySelectorAll("figure[data-true]")], buttons = new Map();
    const words = make("span", { role: "status" });
    const all = button("Show all", () => show(null));
    const wordsOf = cell => `${classNames[cell.dataset.true]} taken for ${classNames[cell.dataset.predicted]}`;
    const show = cell => {
      figures.forEach(figure => {
        figure.hidden = cell !== null && !isSame(figure, cell);
      });
      buttons.forEach((inner, other) => inner.setAttribute("aria-pressed", String(other === cell)));
      const count = figures.filter(figure => !figure.hidden).length;
      all.hidden = cell === null;
      words.textContent = cell === null
        ? "Choose an underlined number to see its mistakes alone. "
        : `Below: ${wordsOf(cell)}, ${count} of the ${figures.length} mistakes that this page shows. `;
    };
    cells.filter(cell => figures.some(figure => isSame(figure, cell))).forEach(cell => {
      buttons.set(cell, intoButton(cell, () => {
        show(cell);
        list.scrollIntoView({ block: "nearest" });
      }, `Show: ${wordsOf(cell)}`));
    });
    text.replaceChildren(words, all);
    show(null);
  }

  return { start };
})();
