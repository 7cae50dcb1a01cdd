/** Shows the first layer's weights as they formed, with the confusion matrix of the same moment. */
MnistNet.slider = (() => {
  const { make, picture, percent } = MnistNet.elements;

  /** The table of a confusion matrix, and what fills it. Mistakes and right answers have scales of their own. */
  function confusion(classNames) {
    const cells = classNames.map(() => classNames.map(() => make("td", {})));
    const head = make("tr", {}, make("th", {}), ...classNames.map(name => make("th", { scope: "col" }, name)));
    const rows = cells.map((row, i) => make("tr", {}, make("th", { scope: "row" }, classNames[i]), ...row));
    const table = make(
      "table", {}, make("caption", {}, "Confusion at this moment: each row a true class, each column a predicted one"),
      make("thead", {}, head), make("tbody", {}, ...rows));
    const element = make("div", { class: "confusion scroll", tabindex: 0 }, table);
    const show = counts => {
      const kindOf = k => (Math.floor(k / classNames.length) === k % classNames.length ? "right" : "wrong");
      const mostOf = kind => Math.max(1, ...counts.filter((_, k) => kindOf(k) === kind));
      const most = { right: mostOf("right"), wrong: mostOf("wrong") };
      cells.flat().forEach((cell, k) => {
        cell.textContent = counts[k];
        cell.className = counts[k] === 0 ? "none" : kindOf(k);
        cell.style.setProperty("--share", counts[k] / most[kindOf(k)]);
      });
    };
    return { element, show };
  }

  /** The pictures of the units, and what paints them. */
  function tiles(snapshots) {
    const { units, width, height } = snapshots, all = MnistNet.network.bytes(snapshots.weights);
    const names = snapshots.unitNumbers.map(number => `unit ${number}`);
    const weights = new Int8Array(all.buffer), pixels = width * height;
    const canvases = names.map(name => picture(width, height, `weights of ${name}`));
    const element = make("div", { class: "tiles" }, ...canvases.map((canvas, unit) =>
      make("figure", {}, canvas, make("figcaption", {}, names[unit]))));
    const show = moment => canvases.forEach((canvas, unit) => {
      const at = (moment * units + unit) * pixels;
      MnistNet.pictures.signed(canvas, weights.subarray(at, at + pixels), 127);
    });
    return { element, show };
  }

  /** What there is to say about a moment. */
  function sentence(snapshots, moment) {
    const accuracy = snapshots.accuracy ? `, accuracy ${percent(snapshots.accuracy[moment])}` : "";
    return `After ${snapshots.iterations[moment]} updates${accuracy}. `
      + `Full colour: a weight of ±${snapshots.ranges[moment].toPrecision(3)}.`;
  }

  /** Builds the slider in its place and shows the last moment. */
  function start(place, snapshots, classNames) {
    const last = snapshots.iterations.length - 1;
    const input = make("input", { type: "range", min: 0, max: last, value: last, step: 1, id: "snapshot-slider" });
    const text = make("output", { for: "snapshot-slider" });
    const pictures = tiles(snapshots), table = snapshots.confusion && confusion(classNames);
    const show = () => {
      const moment = Number(input.value);
      pictures.show(moment);
      text.textContent = sentence(snapshots, moment);
      input.setAttribute("aria-valuetext", text.textContent);
      if (table) {
        table.show(snapshots.confusion[moment]);
      }
    };
    input.addEventListener("input", show);
    place.replaceChildren(make(
      "div", { class: "slider" }, make("label", { for: "snapshot-slider" }, "Moment of the training"), input, text,
      make("div", { class: "moment" }, pictures.element,
        ...(table ? [table.element] : []))));
    show();
  }

  return { start };
})();
