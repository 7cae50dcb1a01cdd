/**
 * The canvas to draw on: by mouse, pen and touch, and by keyboard through sample digits. Strokes are kept as points,
 * see strokes.js. Its state is a list of strokes, or the number of a sample.
 */
MnistNet.Pad = (() => {
  // Of the canvas, how much a digit fills by guess: the pen on the screen is as wide for it as MNIST's for its own.
  const usualHeight = 0.55;

  const label = "Drawing area. Draw a digit with mouse, pen or finger. Arrow keys show sample digits, "
    + "Delete clears, Control Z takes back.";

  return class Pad {
    /**
     * @param {Uint8Array[]} samples Images of digits, for the keyboard.
     * @param {function(boolean): void} changed Is told of every change; true when it is complete.
     */
    constructor(samples, changed) {
      this.samples = samples;
      this.changed = changed;
      this.strokes = [];
      this.past = [];
      this.sample = null;
      this.pen = MnistNet.strokes.usualPen;
      this.pointer = null;
      this.frame = null;
      this.canvas = MnistNet.elements.make("canvas", {
        class: "pad", width: 560, height: 560, tabindex: 0, role: "application", "aria-label": label,
      });
      this.listen();
    }

    /** The image of the drawing or of the sample, 784 grey levels; null when there is none. */
    get image() {
      if (this.sample !== null) {
        return this.samples[this.sample];
      }

      return this.strokes.length === 0 ? null : MnistNet.strokes.render(this.strokes, this.pen);
    }

    /** Takes other strokes, and remembers those before. */
    replace(strokes) {
      this.pointer = null;
      this.past.push(this.strokes);
      this.strokes = strokes;
      this.sample = null;
      this.tell(true);
    }

    clear() {
      if (this.strokes.length > 0 || this.sample !== null) {
        this.replace([]);
      }
    }

    /** Goes back from a sample to the drawing, or from the drawing to what it was before. */
    undo() {
      if (this.sample === null && this.past.length > 0) {
        this.strokes = this.past.pop();
      }

      this.pointer = null;
      this.sample = null;
      this.tell(true);
    }

    /** Shows the sample so many places further on. */
    step(places) {
      const { length } = this.samples;
      if (length > 0) {
        this.pointer = null;
        this.sample = this.sample === null ? (places > 0 ? 0 : length - 1) : (this.sample + places + length) % length;
        this.tell(true);
      }
    }

    usePen(pen) {
      this.pen = pen;
      this.tell(true);
    }

    /** Tells of a change now, and forgets one that was still to be told. */
    tell(isComplete) {
      cancelAnimationFrame(this.frame);
      this.frame = null;
      this.paint();
      this.changed(isComplete);
    }

    listen() {
      const { canvas } = this;
      canvas.addEventListener("pointerdown", event => this.begin(event));
      canvas.addEventListener("pointermove", event => this.draw(event));
      canvas.addEventListener("pointerup", event => this.end(event));
      canvas.addEventListener("pointercancel", event => this.end(event));
      canvas.addEventListener("keydown", event => this.press(event));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
    }

    /** Where an event is, in shares of the canvas's side. */
    pointOf(event) {
      const area = this.canvas.getBoundingClientRect();
      return [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
    }

    begin(event) {
      if (event.button !== 0 || this.pointer !== null) {
        return;
      }

      this.pointer = event.pointerId;
      this.canvas.setPointerCapture(event.pointerId);
      this.past.push(this.strokes);
      this.strokes = [...(this.sample === null ? this.strokes : []), [this.pointOf(event)]];
      this.sample = null;
      this.tell(false);
    }

    draw(event) {
      if (event.pointerId === this.pointer) {
        const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
        const points = (all.length > 0 ? all : [event]).map(one => this.pointOf(one));
        this.strokes[this.strokes.length - 1].push(...points);
        this.tellSoon();
      }
    }

    /** Tells of a drawing that goes on, once for each picture of the screen. */
    tellSoon() {
      if (this.frame === null) {
        this.frame = requestAnimationFrame(() => {
          this.frame = null;
          this.tell(false);
        });
      }
    }

    end(event) {
      if (event.pointerId === this.pointer) {
        this.pointer = null;
        this.tell(true);
      }
    }

    press(event) {
      const actions = {
        ArrowRight: () => this.step(1),
        ArrowDown: () => this.step(1),
        ArrowLeft: () => this.step(-1),
        ArrowUp: () => this.step(-1),
        Delete: () => this.clear(),
        Backspace: () => this.clear(),
      };
      const isUndo = event.key === "z" && (event.ctrlKey || event.metaKey);
      const action = isUndo ? () => this.undo() : actions[event.key];
      if (action !== undefined) {
        event.preventDefault();
        action();
      }
    }

    /** Paints the strokes as they were drawn, or the sample. */
    paint() {
      const context = this.canvas.getContext("2d"), { width, height } = this.canvas;
      const style = getComputedStyle(this.canvas);
      context.clearRect(0, 0, width, height);
      context.strokeStyle = context.fillStyle = style.color;
      if (this.sample !== null) {
        this.paintSample(context, width / MnistNet.framing.side);
      } else if (this.strokes.length === 0) {
        context.globalAlpha = 0.6;
        context.textAlign = "center";
        context.font = `32px ${style.fontFamily}`;
        context.fillText("Draw a digit here", width / 2, height / 2);
        context.globalAlpha = 1;
      } else {
        this.paintStrokes(context, width);
      }
    }

    paintSample(context, cell) {
      this.samples[this.sample].forEach((level, i) => {
        const x = i % MnistNet.framing.side, y = Math.floor(i / MnistNet.framing.side);
        context.globalAlpha = level / 255;
        context.fillRect(x * cell, y * cell, cell, cell);
      });
      context.globalAlpha = 1;
    }

    paintStrokes(context, side) {
      context.lineCap = context.lineJoin = "round";
      context.lineWidth = side * usualHeight * this.pen / 20;
      for (const stroke of this.strokes) {
        context.beginPath();
        context.moveTo(stroke[0][0] * side, stroke[0][1] * side);
        stroke.forEach(([x, y]) => context.lineTo(x * side, y * side));
        context.stroke();
      }
    }
  };
})();
