/**
 * Frames a drawing as MNIST frames its digits, step by step as DigitFraming and DigitFinder of MnistNet do: scaled into
 * a box of 20×20 pixels with its proportions kept, then moved by whole pixels until its centre of mass is at pixel
 * (14, 14) of 28×28. Where MnistNet rounds to float32, so does this.
 */
MnistNet.framing = (() => {
  const side = 28, boxSide = 20, centre = 14;

  // Of a large drawing's softness, how much is taken away before it shrinks.
  const sharpening = Math.fround(0.6);

  // A stroke ends below this level: 12 % of full ink, and one more.
  const edge = 31;

  const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

  /** The smallest box around all ink of at least a level: {top, bottom, left, right}, the last two inside; or null. */
  function boxAround(ink, rows, columns, least) {
    const box = { top: rows, bottom: -1, left: columns, right: -1 };
    for (let i = 0; i < rows * columns; i++) {
      if (ink[i] >= least) {
        const x = i % columns;
        box.top = Math.min(box.top, (i - x) / columns);
        box.bottom = (i - x) / columns;
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
      }
    }

    return box.bottom < 0 ? null : box;
  }

  /** The mean ink of a rectangle whose edges may cut through pixels. */
  function meanOfArea(ink, columns, top, bottom, left, right) {
    let sum = 0;
    for (let y = Math.floor(top); y < bottom; y++) {
      const share = Math.min(y + 1, bottom) - Math.max(y, top);
      for (let x = Math.floor(left); x < right; x++) {
        sum += share * (Math.min(x + 1, right) - Math.max(x, left)) * ink[y * columns + x];
      }
    }

    return Math.fround(sum / ((bottom - top) * (right - left)));
  }

  /** Places ink that fits the box by its centre of mass, its highest level at 255. */
  function place(box, rows, columns) {
    const image = new Uint8Array(side * side);
    let sum = 0, sumX = 0, sumY = 0, highest = 0;
    for (let i = 0; i < rows * columns; i++) {
      const x = i % columns, y = (i - x) / columns;
      sum += box[i];
      sumX += Math.fround(box[i] * x);
      sumY += Math.fround(box[i] * y);
      highest = Math.max(highest, box[i]);
    }

    const left = clamp(centre - Math.floor(sumX / sum + 0.5), 0, side - columns);
    const top = clamp(centre - Math.floor(sumY / sum + 0.5), 0, side - rows);
    const scale = Math.fround(255 / highest);
    for (let i = 0; i < rows * columns; i++) {
      const x = i % columns, y = (i - x) / columns;
      image[(top + y) * side + left + x] = Math.floor(Math.fround(Math.fround(box[i] * scale) + 0.5));
    }

    return image;
  }

  /**
   * Frames ink of any size.
   * @param {Float32Array} ink rows × columns amounts of ink, row after row; 0 is background.
   * @returns {Uint8Array} 784 grey levels, all 0 when there is no ink.
   */
  function frameInk(ink, rows, columns) {
    const around = boxAround(ink, rows, columns, Number.MIN_VALUE);
    if (around === null) {
      return new Uint8Array(side * side);
    }

    const { top, left } = around;
    const height = around.bottom - top + 1, width = around.right - left + 1, longest = Math.max(height, width);
    const fit = length => Math.max(1, Math.floor((length * boxSide + Math.floor(longest / 2)) / longest));
    const boxRows = fit(height), boxColumns = fit(width);
    const box = Float32Array.from({ length: boxRows * boxColumns }, (_, i) => {
      const x = i % boxColumns, y = (i - x) / boxColumns;
      return meanOfArea(
        ink, columns, top + y * height / boxRows, top + (y + 1) * height / boxRows,
        left + x * width / boxColumns, left + (x + 1) * width / boxColumns);
    });
    return place(box, boxRows, boxColumns);
  }

  /**
   * Frames a clean drawing, light ink on black, as Import-Digit frames the same picture.
   * @param {Uint8Array} grey height × width grey levels, row after row; 255 is full ink.
   * @returns {Uint8Array} 784 grey levels, all 0 when there is no ink.
   */
  function frame(grey, width, height) {
    const box = boxAround(grey, height, width, edge);
    const longest = box === null ? 0 : Math.max(box.bottom - box.top, box.right - box.left) + 1;
    const pixelsPerPixel = Math.fround(longest / boxSide);
    const steepness = Math.fround(1 + Math.fround(sharpening * Math.fround(Math.max(0, pixelsPerPixel - 1))));
    const ink = new Float32Array(grey).map(level => {
      const share = Math.fround(level / 255);
      return level < edge ? 0 : clamp(Math.fround(0.5 + Math.fround(steepness * Math.fround(share - 0.5))), 0, 1);
    });
    return frameInk(ink, height, width);
  }

  return { side, frame, frameInk };
})();
