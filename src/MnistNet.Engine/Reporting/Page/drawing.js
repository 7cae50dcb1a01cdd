/** Draw a digit: the pad with its buttons, and the network's answer to every change of it. */
MnistNet.drawing = (() => {
  const { make, button } = MnistNet.elements;

  // The pens to choose from, as wide as nine of ten strokes of MNIST are.
  const pens = [["thin", 1.7], ["MNIST's", MnistNet.strokes.usualPen], ["thick", 3.4]];

  /** The drawing as a picture file, dark ink on white: the very one that was framed. */
  function png(strokes, pen) {
    const { levels, width, height } = MnistNet.strokes.rasterize(strokes, pen);
    const canvas = make("canvas", { width, height });
    MnistNet.pictures.grey(canvas, levels.map(level => 255 - level));
    return canvas.toDataURL("image/png");
  }

  /** Gives the drawing away as a download. */
  function save(pad) {
    make("a", { href: png(pad.strokes, pad.pen), download: "digit.png" }).click();
  }

  /** The choice of pens. */
  function penChoice(pad) {
    const choices = pens.map(([name, width]) => {
      const input = make("input", { type: "radio", name: "pen", value: width });
      input.checked = width === pad.pen;
      input.addEventListener("change", () => pad.usePen(width));
      return make("label", {}, input, ` ${name}`);
    });
    return make("fieldset", { class: "pens" }, make("legend", {}, "Pen"), ...choices);
  }

  /** The buttons below the canvas, and what enables those that have something to do. */
  function tools(pad) {
    const undo = button("Undo", () => pad.undo()), clear = button("Clear", () => pad.clear());
    const download = button("Save as PNG", () => save(pad), { title: "A picture that Import-Digit reads" });
    const samples = [
      button("◀", () => pad.step(-1), { "aria-label": "Previous sample digit" }),
      button("▶", () => pad.step(1), { "aria-label": "Next sample digit" }),
    ];
    const element = make(
      "div", { class: "tools" }, undo, clear, download,
      ...(pad.samples.length > 0 ? [make("span", { class: "samples" }, samples[0], " sample ", samples[1])] : []));
    const refresh = () => {
      undo.disabled = pad.past.length === 0 && pad.sample === null;
      clear.disabled = pad.strokes.length === 0 && pad.sample === null;
      download.disabled = pad.strokes.length === 0 || pad.sample !== null;
    };
    return { element, refresh };
  }

  /** Builds everything, and answers to every change of the pad. */
  function start(place, model, data, samples) {
    const answer = MnistNet.answer.build(model, data);
    const pad = new MnistNet.Pad(samples, isComplete => {
      buttons.refresh();
      answer.show(pad.image, isComplete);
    });
    const buttons = tools(pad);
    place.replaceChildren(make(
      "div", { class: "draw" },
      make("div", { class: "draw-pad" }, pad.canvas, buttons.element, penChoice(pad)),
      answer.element, answer.units));
    pad.tell(true);
    return pad;
  }

  return { start, png };
})();
