/** svgdom 0.1.24 brings no types. Only what src/rack/drawing uses. */
declare module "svgdom" {
  export interface SvgElement {
    readonly outerHTML: string;
  }
  export interface SvgDocument {
    readonly documentElement: SvgElement;
  }
  export interface SvgWindow {
    readonly document: SvgDocument;
  }
  /** A window whose document is one empty `<svg>`. */
  export function createSVGWindow(): SvgWindow;
}
