// The compiler lies in the page as text: two signs are thirteen bits, and these bits are LZMA. Browsers unpack no format that
// packs as well; this is what there is to it, by its specification, for the parameters that build.mjs packs with.
const SIGNS = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter((sign) => !"&<\\".includes(sign)).join("");

// What lies between signs, as line ends, means nothing.
const bitsOfText = (text) => {
  const values = new Uint8Array(128).fill(255);
  for (let value = 0; value < 91; value += 1) values[SIGNS.charCodeAt(value)] = value;
  const bytes = new Uint8Array(Math.ceil(text.length * 13 / 16));
  let [at, held, count, low] = [0, 0, 0, 255];
  for (let index = 0; index < text.length; index += 1) {
    const value = values[text.charCodeAt(index)];
    if (value === 255) continue;
    if (low === 255) { low = value; continue; }
    held |= (low + 91 * value) << count;
    low = 255;
    for (count += 13; count >= 8; count -= 8) { bytes[at] = held; at += 1; held >>>= 8; }
  }
  return bytes.subarray(0, at);
};

// Raw LZMA with lc=3, lp=0, pb=0: what it came from, whose size is known.
const expanded = (packed, size) => {
  const bytes = new Uint8Array(size);
  const [ALONE, AGAIN, AGAIN_FIRST, AGAIN_SECOND, AGAIN_THIRD, AGAIN_SHORT] = [0, 12, 24, 36, 48, 60];
  const [SLOTS, FAR, ALIGNED, LENGTHS, LENGTHS_AGAIN, SIGN] = [72, 328, 456, 472, 762, 1052];
  // The odds of each bit to be 0, in 2048ths.
  const odds = new Uint16Array(SIGN + 8 * 768).fill(1024);
  // The range, and where in it the bits lie: whole numbers of 32 bits, which nothing else holds without being slow.
  const coder = new Int32Array([-1, packed[1] << 24 | packed[2] << 16 | packed[3] << 8 | packed[4]]);
  let from = 5;
  const bit = (index) => {
    if (coder[0] >>> 24 === 0) { coder[0] <<= 8; coder[1] = coder[1] << 8 | packed[from]; from += 1; }
    const odd = odds[index];
    const bound = Math.imul(coder[0] >>> 11, odd);
    if ((coder[1] ^ 0x80000000) < (bound ^ 0x80000000)) {
      coder[0] = bound;
      odds[index] = odd + (2048 - odd >> 5);
      return 0;
    }
    coder[0] -= bound;
    coder[1] -= bound;
    odds[index] = odd - (odd >> 5);
    return 1;
  };
  const tree = (base, count) => {
    let node = 1;
    for (let step = 0; step < count; step += 1) node = node << 1 | bit(base + node);
    return node - (1 << count);
  };
  const turned = (base, count) => {
    let [node, number] = [1, 0];
    for (let step = 0; step < count; step += 1) {
      const one = bit(base + node);
      node = node << 1 | one;
      number |= one << step;
    }
    return number;
  };
  const length = (base) => {
    if (bit(base) === 0) return 2 + tree(base + 2, 3);
    return bit(base + 1) === 0 ? 10 + tree(base + 10, 3) : 18 + tree(base + 18, 8);
  };
  const distance = (slot) => {
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1;
    const base = (2 | slot & 1) << count;
    if (slot < 14) return base + turned(FAR + base - slot, count);
    let number = 0;
    for (let step = 4; step < count; step += 1) {
      if (coder[0] >>> 24 === 0) { coder[0] <<= 8; coder[1] = coder[1] << 8 | packed[from]; from += 1; }
      coder[0] = coder[0] >>> 1;
      const one = coder[1] >>> 0 >= coder[0] ? 1 : 0;
      if (one) coder[1] -= coder[0];
      number = number << 1 | one;
    }
    return base + (number << 4) + turned(ALIGNED, 4);
  };
  let [at, state] = [0, 0];
  let [first, second, third, fourth] = [0, 0, 0, 0];
  while (at < size) {
    if (bit(ALONE + state) === 0) {
      const base = SIGN + 768 * (at > 0 ? bytes[at - 1] >> 5 : 0);
      let node = 1;
      // After a repetition the sign that would have followed there is known not to follow.
      for (let other = state < 7 ? -1 : bytes[at - first - 1], isAlike = other >= 0; isAlike && node < 256; other <<= 1) {
        const like = other >> 7 & 1;
        const one = bit(base + (1 + like << 8) + node);
        node = node << 1 | one;
        isAlike = one === like;
      }
      while (node < 256) node = node << 1 | bit(base + node);
      bytes[at] = node;
      at += 1;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let count;
    if (bit(AGAIN + state) === 0) {
      [second, third, fourth] = [first, second, third];
      count = length(LENGTHS);
      first = distance(tree(SLOTS + (Math.min(count - 2, 3) << 6), 6));
      state = state < 7 ? 7 : 10;
    } else {
      let isShort = false;
      if (bit(AGAIN_FIRST + state) === 0) {
        isShort = bit(AGAIN_SHORT + state) === 0;
      } else if (bit(AGAIN_SECOND + state) === 0) {
        [first, second] = [second, first];
      } else if (bit(AGAIN_THIRD + state) === 0) {
        [first, second, third] = [third, first, second];
      } else {
        [first, second, third, fourth] = [fourth, first, second, third];
      }
      count = isShort ? 1 : length(LENGTHS_AGAIN);
      state = state < 7 ? (isShort ? 9 : 8) : 11;
    }
    for (const end = at + count; at < end; at += 1) bytes[at] = bytes[at - first - 1];
  }
  return bytes;
};
