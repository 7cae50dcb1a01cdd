/**
 * Turns strokes into a picture. They are kept as points and drawn anew at one size with MNIST's pen, so that neither
 * where nor how large somebody draws nor the pen on the screen makes a difference.
 *
 * A stroke is a list of points [x, y] in shares of the canvas's side, 0 to 1.
 */
MnistNet.strokes = (() => {
  // Four pixels for each of the box of 20, with paper around. Import-Digit takes so small a picture as it is.
  const side = 96, longestSide = 80;

  // MNIST's strokes are about this wide, in pixels of its images; nine of ten are between 1.7 and 3.4.
  const usualPen = 2.3;

  // What is smaller than this is a dot, and is not enlarged any more.
  const leastExtent = 0.02;

  /** The scale and the shift that bring the strokes to the middle of the picture at their one size. */
  function fitOf(strokes, radius) {
    const points = strokes.flat();
    const extent = axis => points.reduce(
      ([least, most], point) => [Math.min(least, point[axis]), Math.max(most, point[axis])], [Infinity, -Infinity]);
    const [left, right] = extent(0), [top, bottom] = extent(1);
    const scale = (longestSide - 2 * radius) / Math.max(right - left, bottom - top, leastExtent);
    return ([x, y]) => [
      (x - (left + right) / 2) * scale + side / 2,
      (y - (top + bottom) / 2) * scale + side / 2,
    ];
  }

  /** Lowers the squared distances of pixels around one piece of line. */
  function addPiece(squares, [fromX, fromY], [toX, toY], reach) {
    const dx = toX - fromX, dy = toY - fromY, length = dx * dx + dy * dy;
    const top = Math.max(0, Math.floor(Math.min(fromY, toY) - reach));
    const bottom = Math.min(side - 1, Math.ceil(Math.max(fromY, toY) + reach));
    const left = Math.max(0, Math.floor(Math.min(fromX, toX) - reach));
    const right = Math.min(side - 1, Math.ceil(Math.max(fromX, toX) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const px = x + 0.5 - fromX, py = y + 0.5 - fromY;
        const t = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0;
        const square = (px - t * dx) ** 2 + (py - t * dy) ** 2, i = y * side + x;
        squares[i] = Math.min(squares[i], square);
      }
    }
  }

  /**
   * Draws strokes with a round pen.
   * @param {number[][][]} strokes Lists of points.
   * @param {number} pen The width of the pen in pixels of MNIST's images.
   * @returns {{levels: Uint8Array, width: number, height: number}} Light ink on black.
   */
  function rasterize(strokes, pen = usualPen) {
    const radius = pen / 2 * longestSide / 20, squares = new Float64Array(side * side).fill(Infinity);
    const inked = strokes.filter(stroke => stroke.length > 0), place = fitOf(inked, radius);
    for (const stroke of inked) {
      const points = stroke.map(place);
      points.forEach((point, i) => addPiece(squares, points[Math.max(0, i - 1)], point, radius + 1));
    }

    const levels = squares.map(square => Math.round(255 * Math.min(1, Math.max(0, radius + 0.5 - Math.sqrt(square)))));
    return { levels: new Uint8Array(levels), width: side, height: side };
  }

  /** The 784 grey levels of strokes, framed as MNIST's are; all 0 without strokes. */
  function render(strokes, pen = usualPen) {
    const { levels, width, height } = rasterize(strokes, pen);
    return MnistNet.framing.frame(levels, width, height);
  }

  return { usualPen, rasterize, render };
})();
