/** Why a switch could not be read; whoever reads this knows what to do about it. */
export class ScanFault extends Error {
  override name = "ScanFault";
}
