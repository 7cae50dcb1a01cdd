"use strict";

/** Everything of the page, a member for each part; start.js puts them to work. */
const MnistNet = {};

/**
 * Runs the trained network: the forward pass of MnistNet, A = f(W·A + b) layer by layer and softmax at the end, on the
 * very weights. Sums are taken in float64, a digit at a time.
 *
 * @typedef {object} Model
 * @property {number[]} layers Widths from the pixels to the classes, such as [784, 10, 10].
 * @property {string} activation What the hidden layers apply.
 * @property {string} preprocessing What is done to an image before the network sees it.
 * @property {number} width Of an image, in pixels.
 * @property {number} height Of an image, in pixels.
 * @property {Float32Array[]} weights W of each layer, outputs × inputs, row after row.
 * @property {Float32Array[]} biases b of each layer, one for each output.
 *
 * @typedef {object} Prediction
 * @property {Uint8Array} seen The grey levels after preprocessing.
 * @property {Float64Array[]} sums Z of each layer, one for each unit.
 * @property {Float64Array[]} activities A of each hidden layer, one for each unit.
 * @property {Float64Array} probabilities One for each class.
 * @property {number} winner The class with the highest.
 */
MnistNet.network = (() => {
  const activations = {
    ReLU: z => Math.max(z, 0),
    LeakyReLU: z => (z > 0 ? z : 0.01 * z),
    Tanh: z => Math.tanh(z),
    Sigmoid: z => 1 / (1 + Math.exp(-z)),
  };

  const preprocessings = {
    None: levels => levels,
    MomentNormalization: (levels, model) => MnistNet.normalization.normalize(levels, model.height, model.width),
  };

  /** The bytes of a base64 text. */
  function bytes(text) {
    const characters = atob(text), all = new Uint8Array(characters.length);
    for (let i = 0; i < all.length; i++) {
      all[i] = characters.charCodeAt(i);
    }

    return all;
  }

  /** A number from the 16 bits of its float16: a sign, 5 bits of exponent, 10 of fraction. */
  function fromFloat16(bits) {
    const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = bits & 1023;
    return exponent === 0
      ? sign * fraction * 2 ** -24
      : sign * (1024 + fraction) * 2 ** (exponent - 25);
  }

  /** The numbers of a base64 text, little-endian, float32 or float16. */
  function numbers(text, encoding = "float32") {
    const raw = bytes(text), view = new DataView(raw.buffer), isHalf = encoding === "float16";
    const all = new Float32Array(raw.length / (isHalf ? 2 : 4));
    for (let i = 0; i < all.length; i++) {
      all[i] = isHalf ? fromFloat16(view.getUint16(2 * i, true)) : view.getFloat32(4 * i, true);
    }

    return all;
  }

  /** The model of the page's data; throws where the data does not fit itself. */
  function load(data) {
    const { layers, activation, preprocessing, width, height } = data;
    if (!(activation in activations) || !(preprocessing in preprocessings)) {
      throw new Error(`This page does not know ${activation} with ${preprocessing}.`);
    }

    const all = numbers(data.weights, data.encoding), weights = [], biases = [];
    let at = 0;
    for (let l = 1; l < layers.length; l++) {
      weights.push(all.subarray(at, at += layers[l] * layers[l - 1]));
      biases.push(all.subarray(at, at += layers[l]));
    }

    if (at !== all.length || layers[0] !== width * height) {
      throw new Error(`The network ${layers.join("-")} needs ${at} numbers; the page holds ${all.length}.`);
    }

    return { layers, activation, preprocessing, width, height, weights, biases };
  }

  /** Z = W·A + b. Most of a digit's pixels are 0 and are not looked at. */
  function sumsOf(weights, biases, values) {
    const inked = [];
    values.forEach((value, i) => {
      if (value !== 0) {
        inked.push(i);
      }
    });

    return new Float64Array(biases).map((bias, unit) => {
      const row = unit * values.length;
      let sum = bias;
      for (const i of inked) {
        sum += weights[row + i] * values[i];
      }

      return sum;
    });
  }

  /** Probabilities of logits; the largest is subtracted first, so that no power overflows. */
  function softmax(logits) {
    const largest = Math.max(...logits), powers = logits.map(z => Math.exp(z - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map(power => power / sum);
  }

  /** The image as the network sees it. */
  function see(model, levels) {
    return preprocessings[model.preprocessing](levels, model);
  }

  /**
   * Runs an image through the network.
   * @param {Model} model The network.
   * @param {Uint8Array} levels height × width grey levels as they are, 0 for background.
   * @returns {Prediction} The answer, and everything on the way to it.
   */
  function predict(model, levels) {
    const seen = see(model, levels), sums = [], activities = [];
    let values = new Float64Array(seen).map(level => level / 255);
    model.weights.forEach((weights, l) => {
      sums.push(sumsOf(weights, model.biases[l], values));
      if (l < model.weights.length - 1) {
        values = sums[l].map(activations[model.activation]);
        activities.push(values);
      }
    });

    const probabilities = softmax(sums[sums.length - 1]);
    return { seen, sums, activities, probabilities, winner: probabilities.indexOf(Math.max(...probabilities)) };
  }

  return { bytes, numbers, load, see, predict };
})();
