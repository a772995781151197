// A diagram comes from anybody. What is beyond these is answered with an error, not read and not drawn.

/** A hall of a thousand racks is written in less than half of it. */
export const MAX_DIAGRAM_CHARACTERS = 1_000_000;
export const MAX_DIAGRAM_RACKS = 1_000;
export const MAX_DIAGRAM_ITEMS = 20_000;
/** Of a label or any other value. */
export const MAX_VALUE_CHARACTERS = 1_000;
