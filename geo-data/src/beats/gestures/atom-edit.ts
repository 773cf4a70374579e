/** A change of a plan's assignment: atom `atoms[i]` goes from beat `before[i]` to beat `after[i]`. Each atom at most once. */
export interface AtomEdit {
  atoms: Uint32Array;
  before: Uint16Array;
  after: Uint16Array;
}
