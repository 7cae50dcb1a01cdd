/** Paints grids of numbers as pixels, in the colours that MnistNet's pictures have everywhere. */
MnistNet.pictures = (() => {
  const nothing = [18, 18, 22], positive = [255, 160, 40], negative = [70, 150, 255];

  /** The largest size among numbers. */
  function largest(values) {
    return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  }

  /** Sets each pixel of a canvas to the colour of its place; levelOf gives the level of one channel, 0 to 2. */
  function paint(canvas, levelOf) {
    const context = canvas.getContext("2d"), image = context.createImageData(canvas.width, canvas.height);
    for (let i = 0; i < canvas.width * canvas.height; i++) {
      for (let channel = 0; channel < 3; channel++) {
        image.data[4 * i + channel] = levelOf(i, channel);
      }

      image.data[4 * i + 3] = 255;
    }

    context.putImageData(image, 0, 0);
  }

  /** Paints grey levels, 0 to 255. */
  function grey(canvas, levels) {
    paint(canvas, i => levels[i]);
  }

  /** Paints numbers on either side of 0, blue and orange; the limit gets the full colour. */
  function signed(canvas, values, limit) {
    paint(canvas, (i, channel) => {
      const share = limit > 0 ? Math.min(1, Math.abs(values[i]) / limit) : 0;
      const color = values[i] < 0 ? negative : positive;
      return Math.round(nothing[channel] + share * (color[channel] - nothing[channel]));
    });
  }

  return { largest, grey, signed };
})();
