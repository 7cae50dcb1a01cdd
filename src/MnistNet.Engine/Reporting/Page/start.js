/** Starts each part by itself, so that one that fails does not take the others along. */
MnistNet.start = (() => {
  const find = id => document.getElementById(id);
  const data = JSON.parse(find("data").textContent);

  /** Starts a part in its place; without the place or the data it needs there is nothing to start. */
  function attempt(id, needed, start) {
    const place = find(id);
    if (place === null || needed === null || needed === undefined) {
      return;
    }

    try {
      start(place, needed);
    } catch (error) {
      place.append(MnistNet.elements.make("p", { class: "failed" }, `This part did not start: ${error.message}`));
    }
  }

  let model = null, pad = null;
  attempt("draw-app", data.network, (_, network) => {
    model = MnistNet.network.load(network);
  });
  attempt("draw-app", model, place => {
    const samples = data.checks ? MnistNet.selfcheck.images(data.checks, model.layers[0]) : [];
    pad = MnistNet.drawing.start(place, model, data, samples);
  });
  attempt("check-result", model && data.checks, (place, checks) =>
    MnistNet.selfcheck.start(place, model, checks, data.network.encoding));
  attempt("mistake-filter", find("mistake-list"), (text, list) =>
    MnistNet.filter.start(list, text, [...document.querySelectorAll("td[data-true]")], data.classNames));
  attempt("snapshot-app", data.snapshots, (place, snapshots) => {
    MnistNet.slider.start(place, snapshots, data.classNames);
    find("snapshot-static").hidden = true;
  });

  return { data, model, pad };
})();
