/**
 * Which files does git track? Read from `.git/index`, without a process of git.
 *
 * Source: the format's description, https://git-scm.com/docs/index-format (versions 2, 3 and 4).
 */
export interface TrackedFiles {
  /** Paths from the root of the work tree, with forward slashes. */
  readonly names: ReadonlySet<string>;
  /** False where more may be tracked: a split index keeps names in another file, a sparse one whole directories. */
  readonly isWhole: boolean;
}

const SIGNATURE = 0x44495243; // DIRC
const SPLIT = 0x6c696e6b; // link
const HEADER = 12;
const STAT = 40;
const MODE_AT = 24;
const MODE_OF_DIRECTORY = 0o040000;
const EXTENDED = 0x4000;
/** Lengths of SHA-1 and SHA-256; the file does not say which it is. */
const HASHES = [20, 32];

/** Undefined where the bytes are no index, or one of a later version. */
export function readIndex(bytes: Uint8Array): TrackedFiles | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0) !== SIGNATURE) return undefined;
  const version = view.getUint32(4);
  if (version < 2 || version > 4) return undefined;
  for (const hash of HASHES) {
    const found = readEntries(bytes, view, version, hash);
    if (found) return found;
  }
  return undefined;
}

/** Undefined where entries are not where they should be: the hashes have another length. */
function readEntries(bytes: Uint8Array, view: DataView, version: number, hash: number): TrackedFiles | undefined {
  const decoder = new TextDecoder();
  const names = new Set<string>();
  const end = bytes.length - hash;
  let isWhole = true;
  let at = HEADER;
  let previous = new Uint8Array();
  for (let left = view.getUint32(8); left > 0; left--) {
    const flagsAt = at + STAT + hash;
    if (flagsAt + 2 > end) return undefined;
    if (view.getUint32(at + MODE_AT) === MODE_OF_DIRECTORY) isWhole = false;
    const isExtended = version > 2 && (view.getUint16(flagsAt) & EXTENDED) !== 0;
    let nameAt = flagsAt + (isExtended ? 4 : 2);
    let kept = 0;
    if (version === 4) {
      const prefix = readNumber(bytes, nameAt);
      nameAt = prefix.behind;
      kept = previous.length - prefix.value;
      if (kept < 0) return undefined;
    }
    const nameEnd = bytes.indexOf(0, nameAt);
    if (nameEnd < 0 || nameEnd >= end) return undefined;
    const name = joined(previous.subarray(0, kept), bytes.subarray(nameAt, nameEnd));
    // An entry without a name stands for one of the file that a split index points to.
    if (name.length > 0) names.add(decoder.decode(name));
    previous = name;
    // Before version 4 an entry is filled up to a multiple of eight bytes, with one at least.
    const next = version === 4 ? nameEnd + 1 : at + Math.floor((nameEnd - at + 8) / 8) * 8;
    for (let fill = nameEnd; fill < next; fill++) if (bytes[fill] !== 0) return undefined;
    at = next;
  }
  const extensions = extensionsIn(view, at, end);
  return extensions && { names, isWhole: isWhole && !extensions.includes(SPLIT) };
}

/** Signatures of what follows the entries; undefined where it does not end where it should. */
function extensionsIn(view: DataView, start: number, end: number): readonly number[] | undefined {
  const found: number[] = [];
  let at = start;
  for (; at + 8 <= end; at += 8 + view.getUint32(at + 4)) found.push(view.getUint32(at));
  return at === end ? found : undefined;
}

/** A number of seven bits a byte, each but the last with its highest bit set, and one added for each that goes on. */
function readNumber(bytes: Uint8Array, start: number): { readonly value: number; readonly behind: number } {
  let at = start;
  let byte = bytes[at++] ?? 0;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0 && at < bytes.length) {
    byte = bytes[at++] ?? 0;
    value = (value + 1) * 0x80 + (byte & 0x7f);
  }
  return { value, behind: at };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}
