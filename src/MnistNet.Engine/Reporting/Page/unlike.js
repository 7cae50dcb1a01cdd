/**
 * Tells a drawing that is unlike any digit of the training set: farther from every class's mean image than real digits
 * are. A network has an answer for everything, a horse too, and does not tell by itself.
 */
MnistNet.unlike = (() => {
  /**
   * The mean images of the page's data, with the calibrated threshold.
   * @param {{means: string, threshold: number, falseAlarmRate: number}} data means: base64, bytes, classes × pixels.
   */
  function load(data, pixels) {
    const all = MnistNet.network.bytes(data.means), means = [];
    for (let at = 0; at < all.length; at += pixels) {
      means.push(all.subarray(at, at + pixels));
    }

    return { means, threshold: data.threshold, falseAlarmRate: data.falseAlarmRate };
  }

  /** The Euclidean distance of an image, as the network sees it, from the nearest mean, with grey levels as 0 to 1. */
  function distance(known, seen) {
    const squares = known.means.map(mean =>
      mean.reduce((sum, level, i) => sum + ((seen[i] - level) / 255) ** 2, 0));
    return Math.sqrt(Math.min(...squares));
  }

  return { load, distance };
})();
