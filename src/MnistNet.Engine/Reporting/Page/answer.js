/** The network's answer to a drawing: what it sees, ten probabilities as bars, words, and what its units do. */
MnistNet.answer = (() => {
  const { make, picture, percent } = MnistNet.elements;

  const invitation = "Draw a digit, and the network tells what it sees.";

  /** The images on the way to the network: framed, and preprocessed where it was trained so. */
  function views(model) {
    const texts = model.preprocessing === "None"
      ? ["what the network sees"]
      : ["framed like MNIST", "normalised: what the network sees"];
    const canvases = texts.map(text => picture(model.width, model.height, text));
    const element = make("div", { class: "views" }, ...canvases.map((canvas, i) =>
      make("figure", {}, canvas, make("figcaption", {}, texts[i]))));
    const show = images => canvases.forEach((canvas, i) =>
      MnistNet.pictures.grey(canvas, images[images.length - canvases.length + i]));
    return { element, show };
  }

  /** A row for each class: its name, a bar, its probability. */
  function bars(classNames) {
    const rows = classNames.map(name => {
      const fill = make("span", { class: "fill" }), value = make("td", { class: "share" });
      const bar = make("td", { class: "bar", "aria-hidden": "true" }, fill);
      return { fill, value, row: make("tr", {}, make("th", { scope: "row" }, name), bar, value) };
    });
    const element = make(
      "table", { class: "bars" }, make("caption", {}, "Probability of each class"),
      make("tbody", {}, ...rows.map(one => one.row)));
    const show = prediction => rows.forEach(({ fill, value, row }, i) => {
      const share = prediction === null ? 0 : prediction.probabilities[i];
      fill.style.width = `${100 * share}%`;
      value.textContent = prediction === null ? "–" : percent(share);
      row.classList.toggle("winner", prediction !== null && prediction.winner === i);
    });
    return { element, show };
  }

  /** The words about a drawing that is unlike any digit; empty for others. */
  function notice(known, seen) {
    const distance = known === null ? 0 : MnistNet.unlike.distance(known, seen);
    return known === null || distance <= known.threshold
      ? ""
      : `Unlike any digit in the training set: ${distance.toFixed(1)} from the nearest class's mean image, where `
        + `${percent(1 - known.falseAlarmRate)} of the training digits are within ${known.threshold.toFixed(1)}. `
        + "The network answers all the same.";
  }

  /** The answer in words. */
  function sentence(prediction, classNames) {
    const order = Array.from(prediction.probabilities, (share, i) => ({ share, name: classNames[i] }))
      .sort((a, b) => b.share - a.share);
    const doubt = order[1].share >= 0.1 ? `, or perhaps ${order[1].name} (${percent(order[1].share)})` : "";
    return `This looks like ${order[0].name} (${percent(order[0].share)})${doubt}.`;
  }

  /**
   * Builds the view.
   * @returns {{element: HTMLElement, units: HTMLElement, show: function(Uint8Array|null, boolean): void}} show takes
   * the image, null for a blank canvas, and whether it is complete: only then is it read aloud.
   */
  function build(model, data) {
    const known = data.unlike && MnistNet.unlike.load(data.unlike, model.layers[0]);
    const says = make("p", { class: "says" }), aloud = make("p", { class: "unseen", role: "status" });
    const warning = make("p", { class: "unlike" });
    const seen = views(model), shares = bars(data.classNames), units = MnistNet.units.build(model, data.classNames);
    const blank = new Uint8Array(model.layers[0]);
    const element = make(
      "div", { class: "draw-answer" }, says, aloud, warning, seen.element, shares.element);
    const show = (image, isComplete) => {
      const prediction = image === null ? null : MnistNet.network.predict(model, image);
      seen.show(image === null ? [blank, blank] : [image, prediction.seen]);
      shares.show(prediction);
      units.element.hidden = prediction === null;
      if (prediction !== null) {
        units.show(prediction);
      }

      says.textContent = prediction === null ? invitation : sentence(prediction, data.classNames);
      warning.textContent = prediction === null ? "" : notice(known, prediction.seen);
      if (isComplete) {
        aloud.textContent = prediction === null ? "The canvas is blank." : `${says.textContent} ${warning.textContent}`;
      }
    };
    return { element, units: units.element, show };
  }

  return { build };
})();
