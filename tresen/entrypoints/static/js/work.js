// The sum that machines in crowds are asked for: a number whose SHA-256 begins with zero bits.
// Written out because the browser's own digest answers late, one promise for each try.
const K = new Int32Array(64);
const START = new Int32Array(8);

const constants = () => {
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  for (let number = 2, found = 0; found < 64; number += 1) {
    let prime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = fraction(Math.sqrt(number));
    K[found] = fraction(Math.cbrt(number));
    found += 1;
  }
};
constants();

const turned = (word, by) => (word >>> by) | (word << (32 - by));
const plan = new Int32Array(64);

const state = new Int32Array(8);

const mix = (block) => {
  plan.set(block);
  for (let at = 16; at < 64; at += 1) {
    const early = plan[at - 15];
    const late = plan[at - 2];
    const first = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const second = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    plan[at] = (plan[at - 16] + first + plan[at - 7] + second) | 0;
  }
  let a = state[0]; let b = state[1]; let c = state[2]; let d = state[3];
  let e = state[4]; let f = state[5]; let g = state[6]; let h = state[7];
  for (let at = 0; at < 64; at += 1) {
    const sum = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + sum + ((e & f) ^ (~e & g)) + K[at] + plan[at]) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
};

const ENCODER = new TextEncoder();

const blocks = (text) => {
  const bytes = ENCODER.encode(text);
  const words = new Uint32Array((((bytes.length + 8) >> 6) + 1) * 16);
  bytes.forEach((byte, at) => { words[at >> 2] |= byte << (24 - (at % 4) * 8); });
  words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length % 4) * 8);
  words[words.length - 1] = bytes.length * 8;
  return words;
};

const begins = (text, bits) => {
  const words = blocks(text);
  state.set(START);
  for (let at = 0; at < words.length; at += 16) mix(words.subarray(at, at + 16));
  return (state[0] >>> (32 - bits)) === 0;
};

const form = document.querySelector("form[data-work]");
const solve = (number) => {
  const until = performance.now() + 40;
  const bits = Number(form.dataset.bits);
  for (let tried = number; ; tried += 1) {
    if (begins(`${form.dataset.work}:${tried}`, bits)) {
      form.elements.work_solution.value = String(tried);
      HTMLFormElement.prototype.submit.call(form);
      return;
    }
    if (performance.now() > until) {
      setTimeout(solve, 0, tried + 1);
      return;
    }
  }
};

if (form) {
  form.querySelector("[data-work-words]").hidden = false;
  form.querySelector("button").hidden = true;
  solve(0);
}
