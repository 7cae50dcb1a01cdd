/**
 * Shows what the hidden units make of a drawing: a strip with the activity of every unit of each hidden layer, and for
 * the most active units of the first layer their weights × ink, which add up with the bias to the unit's sum z.
 */
MnistNet.units = (() => {
  const { make, picture, number } = MnistNet.elements;

  // So many units are shown as pictures.
  const most = 12;

  // Of the largest product, what gets the full colour: a few strong pixels must not leave all others in the dark.
  const fullColor = 0.6;

  /** The numbers of a layer's strongest units, strongest first; all in their order where they are few. */
  function strongest(values) {
    const order = Array.from(values, (_, unit) => unit);
    return values.length <= most
      ? order
      : order.sort((a, b) => Math.abs(values[b]) - Math.abs(values[a])).slice(0, most);
  }

  /** Weight × ink of one unit of the first layer: one number for each pixel. */
  function product(model, unit, seen) {
    const row = unit * seen.length;
    return new Float64Array(seen).map((level, i) => model.weights[0][row + i] * level / 255);
  }

  /** A strip of cells, one for each unit of a hidden layer, and what paints it anew. */
  function strip(layer, count) {
    const canvas = picture(count, 1, "");
    const text = make("figcaption", {});
    const figure = make("figure", { class: "strip" }, text, canvas);
    const show = activities => {
      const active = activities.filter(activity => Math.abs(activity) > 0.01).length;
      MnistNet.pictures.signed(canvas, activities, MnistNet.pictures.largest(activities));
      text.textContent = `Hidden layer ${layer}: ${active} of ${count} units are active, `
        + `the strongest at ${number(activities[strongestOf(activities)])}.`;
      canvas.setAttribute("aria-label", text.textContent);
    };
    return { figure, show };
  }

  /** The number of the one strongest unit. */
  function strongestOf(values) {
    return values.reduce((best, value, unit) => (Math.abs(value) > Math.abs(values[best]) ? unit : best), 0);
  }

  /** A unit's picture with its caption, and what fills it. */
  function tile(model) {
    const canvas = picture(model.width, model.height, ""), name = make("b", {}), value = make("span", {});
    const figure = make("figure", {}, canvas, make("figcaption", {}, name, " ", value));
    const show = (unit, values, limit, text) => {
      MnistNet.pictures.signed(canvas, values, limit);
      name.textContent = text.name;
      value.textContent = text.value;
      canvas.setAttribute("aria-label", `weights × ink of ${text.name}`);
    };
    return { figure, show };
  }

  /** What the section says of its pictures. */
  function heading(model) {
    const count = model.layers[1];
    const which = count <= most ? `the ${count} units` : `the ${most} strongest of ${count} units`;
    return `Weight × ink of ${which}: orange ink raises a unit, blue ink lowers it.`;
  }

  /**
   * Builds the view.
   * @returns {{element: HTMLElement, show: function(Prediction): void}}
   */
  function build(model, classNames) {
    const hidden = model.layers.slice(1, -1), isLast = hidden.length === 0;
    const strips = hidden.map((count, l) => strip(l + 1, count));
    const tiles = Array.from({ length: Math.min(most, model.layers[1]) }, () => tile(model));
    const element = make(
      "div", { class: "draw-units" }, make("h3", {}, "What the units see"), ...strips.map(one => one.figure),
      make("p", { class: "hint" }, heading(model)),
      make("div", { class: "tiles" }, ...tiles.map(one => one.figure)));
    const show = prediction => {
      const outcomes = isLast ? prediction.sums[0] : prediction.activities[0];
      const units = strongest(outcomes);
      const products = units.map(unit => product(model, unit, prediction.seen));
      const limit = fullColor * Math.max(...products.map(MnistNet.pictures.largest));
      strips.forEach((one, l) => one.show(prediction.activities[l]));
      units.forEach((unit, i) => tiles[i].show(unit, products[i], limit, {
        name: isLast ? classNames[unit] : `unit ${unit}`,
        value: `z ${number(prediction.sums[0][unit])}${isLast ? "" : ` → a ${number(outcomes[unit])}`}`,
      }));
    };
    return { element, show };
  }

  return { build };
})();
