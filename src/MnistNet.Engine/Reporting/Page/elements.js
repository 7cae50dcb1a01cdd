/** Makes and fills elements of the page. Text is only ever set as text, never as HTML. */
MnistNet.elements = (() => {
  /**
   * An element with its attributes and its children.
   * @param {string} name Such as "button".
   * @param {Object<string, string|number>} attributes As in HTML.
   * @param {...(Node|string)} children Elements or text.
   */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, value);
    }

    element.append(...children);
    return element;
  }

  /** A button that does something; its attributes may hold a longer title. */
  function button(text, action, attributes = {}) {
    const element = make("button", { type: "button", ...attributes }, text);
    element.addEventListener("click", action);
    return element;
  }

  /** A canvas for a picture of so many pixels; the style sheet enlarges it. */
  function picture(width, height, label) {
    return make("canvas", { class: "pixels", width, height, role: "img", "aria-label": label });
  }

  /** A share as a percentage. Only what is certain is called 100 %. */
  function percent(share) {
    const text = (100 * share).toFixed(1);
    return `${text === "100.0" && share < 1 ? "> 99.9" : text} %`;
  }

  /** A number with two digits behind the point and a true minus sign. */
  function number(value) {
    return value.toFixed(2).replace("-", "−");
  }

  return { make, button, picture, percent, number };
})();
