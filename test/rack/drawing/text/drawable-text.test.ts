import { describe, expect, test } from "vitest";
import { drawableHref, drawableText } from "../../../../src/rack/drawing/text/drawable-text.js";

describe("drawableText", () => {
  test.each([
    ["web\u0000-01\u001b", "web\ufffd-01\ufffd"],
    ["lone \ud800 and \udc00", "lone \ufffd and \ufffd"],
    ["two\r\nlines\tand  blanks ", "two lines and blanks"],
    ["\ufffe\uffff", "\ufffd\ufffd"],
    ["\u202enimda\u202c", "\ufffdnimda\ufffd"],
    [`<"&'>`, `<"&'>`],
    ["サーバー 💾", "サーバー 💾"],
  ])("shows %j as %j", (written, shown) => {
    expect(drawableText(written)).toBe(shown);
  });

  test("cuts what nobody reads, and not through a surrogate pair", () => {
    const shown = drawableText("a" + "💾".repeat(600));
    expect(shown.length).toBeLessThanOrEqual(1001);
    expect(shown.isWellFormed()).toBe(true);
  });
});

describe("drawableHref", () => {
  test.each([
    "https://example.net/a?b=c#d",
    "HTTP://example.net",
    "/machines/42",
    "machines/42",
    "#x",
    "?a=b:c",
    "./a:b",
  ])("lets %s pass", (href) => expect(drawableHref(href)).toBe(href));

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "",
    "a b",
    "/サーバー",
    "/\u202enimda",
    '/"><script>',
    "url(javascript:alert(1))",
    "picture:png",
    "\ud800",
    "x".repeat(2001),
  ])("drops %j", (href) => expect(drawableHref(href)).toBeUndefined());
});
