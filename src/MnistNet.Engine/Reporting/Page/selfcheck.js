/** Runs the digits that MnistNet put into the page once more, and tells how well its probabilities are met. */
MnistNet.selfcheck = (() => {
  // How far a probability may be off: rounding of the sums, and of the weights where they are float16.
  const tolerance = { float32: 1e-5, float16: 0.02 };

  /** The images of the checks: 784 grey levels each. */
  function images(checks, pixels) {
    const all = MnistNet.network.bytes(checks.pixels);
    return Array.from({ length: checks.count }, (_, i) => all.subarray(i * pixels, (i + 1) * pixels));
  }

  /**
   * Compares.
   * @param {Model} model The network.
   * @param {{count: number, pixels: string, probabilities: string}} checks Digits with MnistNet's probabilities.
   * @param {string} encoding Of the weights.
   * @returns {{count: number, agreeing: number, largest: number}} How many agree, and the largest difference.
   */
  function check(model, checks, encoding = "float32") {
    const expected = MnistNet.network.numbers(checks.probabilities), classes = model.layers[model.layers.length - 1];
    const outcome = { count: checks.count, agreeing: 0, largest: 0 };
    images(checks, model.layers[0]).forEach((image, i) => {
      const { probabilities, winner } = MnistNet.network.predict(model, image);
      const own = expected.subarray(i * classes, (i + 1) * classes);
      const difference = MnistNet.pictures.largest(probabilities.map((share, k) => share - own[k]));
      const agrees = winner === own.indexOf(Math.max(...own)) && difference <= tolerance[encoding];
      outcome.agreeing += agrees ? 1 : 0;
      outcome.largest = Math.max(outcome.largest, difference);
    });
    return outcome;
  }

  /** Checks, and says so. */
  function start(place, model, checks, encoding) {
    const { count, agreeing, largest } = check(model, checks, encoding);
    place.setAttribute("role", "status");
    place.classList.add(agreeing === count ? "agrees" : "differs");
    place.textContent = `This page agrees with MnistNet on ${agreeing} of ${count} digits, `
      + `largest difference ${largest === 0 ? "0" : largest.toExponential(1).replace("-", "−")}.`;
  }

  return { images, check, start };
})();
