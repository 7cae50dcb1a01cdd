/**
 * Sets a digit upright, gives it one size and moves it to the middle, as its moments say: step by step what
 * MomentNormalizer of MnistNet does, with the same fixed-point numbers, so that both see the same image.
 */
MnistNet.normalization = (() => {
  // What every digit is made to measure, in 28ths of the image.
  const unit = 28, usualHeight = 5, usualWidth = 4, leastVariance = 0.1;
  const leastScaleY = 0.6, leastScaleX = 0.5, mostScale = 1.6;

  // Grey levels up to this one become 0.
  const faintest = 16;

  // Positions have 16 bits behind the point.
  const one = 65536;

  const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
  const toFixed = position => Math.floor(position * one + 0.5);

  /** Sums of level × powers of x and y. They are whole numbers below 2⁵³, so they are exact. */
  function momentsOf(levels, columns) {
    const sums = { mass: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
    levels.forEach((level, i) => {
      const x = i % columns, y = (i - x) / columns;
      sums.mass += level;
      sums.x += level * x;
      sums.y += level * y;
      sums.xx += level * x * x;
      sums.xy += level * x * y;
      sums.yy += level * y * y;
    });
    return sums;
  }

  /** Where the image is read: its centre, its slant and its two scales. */
  function geometryOf(moments, rows, columns) {
    const { mass } = moments, unitX = columns / unit, unitY = rows / unit;
    const central = (second, first, other) => (second * mass - first * other) / (mass * mass);
    const covariance = central(moments.xy, moments.x, moments.y);
    const varianceY = central(moments.yy, moments.y, moments.y);
    const slant = varianceY > 0 ? covariance / varianceY : 0;
    const varianceX = central(moments.xx, moments.x, moments.x);
    const upright = Math.max(varianceX - slant * covariance, leastVariance * unitX * unitX);
    return {
      slant,
      centreX: moments.x / mass,
      centreY: moments.y / mass,
      scaleY: clamp(Math.sqrt(varianceY) / (usualHeight * unitY), leastScaleY, mostScale),
      scaleX: clamp(Math.sqrt(Math.sqrt(upright) / (usualWidth * unitX)), leastScaleX, mostScale),
    };
  }

  /** The row at a fixed-point height, between two rows of the image, in 1/256 of a grey level. */
  function blendedRow(levels, rows, columns, down) {
    const above = Math.floor(down / one), weight = down - above * one;
    const at = (y, x) => (y >= 0 && y < rows ? levels[y * columns + x] : 0);
    return Array.from({ length: columns }, (_, x) =>
      Math.floor((at(above, x) * (one - weight) + at(above + 1, x) * weight + 128) / 256));
  }

  /** The grey level at a fixed-point place of a blended row. */
  function levelAt(blended, across) {
    const left = Math.floor(across / one), weight = across - left * one;
    const sum = (blended[left] || 0) * (one - weight) + (blended[left + 1] || 0) * weight;
    const level = Math.floor((sum + 2 ** 23) / 2 ** 24);
    return level > faintest ? level : 0;
  }

  /**
   * Normalises an image.
   * @param {Uint8Array} levels rows × columns grey levels, row after row.
   * @returns {Uint8Array} As many; a blank image stays blank.
   */
  function normalize(levels, rows, columns) {
    const target = new Uint8Array(rows * columns), moments = momentsOf(levels, columns);
    if (moments.mass === 0) {
      return target;
    }

    const { slant, centreX, centreY, scaleX, scaleY } = geometryOf(moments, rows, columns);
    const middleX = (columns - 1) / 2, middleY = (rows - 1) / 2, step = toFixed(scaleX);
    for (let y = 0; y < rows; y++) {
      const fromCentre = (y - middleY) * scaleY, down = toFixed(centreY + fromCentre);
      const across = toFixed(centreX + slant * fromCentre - middleX * scaleX);
      const blended = blendedRow(levels, rows, columns, down);
      for (let x = 0; x < columns; x++) {
        target[y * columns + x] = levelAt(blended, across + x * step);
      }
    }

    return target;
  }

  return { normalize };
})();
