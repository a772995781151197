import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../src/errors.js";
import { checkParameter, sampleInstallValues, type InstallValues } from "../../src/install/install-values.js";
import { checkTemplate, parseTemplate, renderTemplate } from "../../src/install/render.js";
import type { TemplateFormat } from "../../src/install/config-format.js";

type Parameters = InstallValues["parameters"];

function render(format: TemplateFormat, text: string, parameters: Parameters = {}, change: object = {}): string {
  return renderTemplate(parseTemplate("t", format, text), { ...sampleInstallValues(parameters), ...change });
}

/** What the refusal says. Anything but InvalidInput is thrown on: it would be our fault, not the author's. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}

const machine = (change: object) => ({ machine: { ...sampleInstallValues().machine, ...change } });

describe("values", () => {
  test("a value the machine has is printed", () => {
    expect(render("KICKSTART", "network --hostname={{ machine.hostname }}\n")).toBe("network --hostname=web01\n");
  });

  test.each([null, undefined, ""])(
    "a host name that is %j is refused by name and line, and never printed empty",
    (hostname) => {
      const act = () => render("KICKSTART", "\n  {{ machine.hostname }}", {}, machine({ hostname }));
      expect(refusal(act)).toBe(
        "t:2:6: machine.hostname is not known of this machine; give it a value, " +
          "or write the line only where it is known: {% if machine.hostname %} … {% endif %}",
      );
    },
  );

  test("a parameter that is empty counts as not set", () => {
    expect(refusal(() => render("KICKSTART", "{{ parameters.disk }}", { disk: "" }))).toContain(
      "parameters.disk has no value",
    );
    expect(render("KICKSTART", "{% if parameters.disk %}a{% else %}b{% endif %}", { disk: "" })).toBe("b");
    expect(render("KICKSTART", '{{ parameters.disk | default: "sda" }}', { disk: "" })).toBe("sda");
  });

  test("a machine that stands in no rack can be asked for, and not printed", () => {
    const text = "{% if place %}{{ place.rack }}-{{ place.unit }}{% else %}nowhere{% endif %}";
    expect(render("KICKSTART", text)).toBe("B-07-12");
    expect(render("KICKSTART", text, {}, { place: null })).toBe("nowhere");
    expect(refusal(() => render("KICKSTART", "{{ place.rack }}", {}, { place: null }))).toContain("stands in no rack");
  });

  test.each([
    ["{{ machine.hostnam }}", "t:1:4: machine has no hostnam; it has serialNumber,"],
    ["{% if machine.hostnam %}{% endif %}", "machine has no hostnam"],
    ["{{ secrets.key }}", "t:1:4: there is no value secrets; there are machine, place, profile, parameters, urls"],
    ["{{ machine[parameters.x] }}", "machine has no parameters.x"],
    ["{{ machine.constructor }}", "machine has no constructor"],
    ["{{ constructor }}", "there is no value constructor"],
    ["{{ __proto__.polluted }}", "there is no value __proto__"],
    ["{{ machine.__proto__ }}", "machine has no __proto__"],
    ["{{ machine.hostname.constructor }}", "machine.hostname.constructor is not known"],
    ["{{ parameters.constructor.constructor }}", "parameters.constructor has no value"],
    ["{{ parameters.__proto__ }}", "parameters.__proto__ has no value"],
    ["{% assign m = machine %}{{ m.toString }}", "m.toString is not known"],
    ["{{ machine }}", "is a list or a group of values"],
    ["{{ machine.ethernetInterfaces }}", "is a list or a group of values"],
    ["{{ parameters.none | first }}", "{{ parameters.none | first }} has no value"],
  ])("%s is refused", (text, message) => {
    expect(refusal(() => render("KICKSTART", text, { none: [] }))).toContain(message);
  });

  test("a template cannot change what the next one sees", () => {
    const values = sampleInstallValues({ list: ["b", "a"] });
    const before = JSON.stringify(values);
    const text =
      "{% assign machine = 1 %}{% assign l = parameters.list | sort %}{% assign __proto__ = l %}{{ l | join: '' }}";
    expect(renderTemplate(parseTemplate("t", "KICKSTART", text), values)).toBe("ab");
    expect(JSON.stringify(values)).toBe(before);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each([["__proto__"], ["Disk"], ["a-b"], ["a b"], [""], ["a".repeat(65)]])(
    "%j cannot name a parameter",
    (name) => {
      expect(refusal(() => checkParameter(name, "x"))).toContain("cannot name a parameter");
    },
  );

  test.each([[{ a: 1 }], [[1]], [[["a"]]], [Number.NaN], [null]])("%j is no parameter's value", (value) => {
    expect(refusal(() => checkParameter("a", value))).toContain("parameters.a is neither");
  });
});

describe("what a value may hold", () => {
  const hostile = "x\nd-i partman/early_command string evil";

  test.each(["PRESEED", "KICKSTART", "KERNEL_ARGUMENTS"] as const)(
    "%s refuses a line break anywhere in a value",
    (format) => {
      for (const end of ["\n", "\r", "\u2028", "\u0000", "\u001b", "\u0085"]) {
        const act = () => render(format, "d-i a/b string {{ machine.product }}", {}, machine({ product: `x${end}y` }));
        expect(refusal(act)).toMatch(
          /^t:1:16: \{\{ machine\.product \}\} holds a (line break|control character) \(U\+/,
        );
      }
      expect(refusal(() => render(format, "{{ parameters.x | shell }}", { x: hostile }))).toContain("line break");
      expect(refusal(() => render(format, '{{ parameters.x | join: "\n" }}', { x: ["a", "b"] }))).toContain(
        "line break",
      );
    },
  );

  test("a preseed value is kept whole, and cannot swallow the next line", () => {
    expect(render("PRESEED", "d-i a/b string {{ parameters.x }}\n", { x: `$6$a "b" 'c' # d` })).toBe(
      `d-i a/b string $6$a "b" 'c' # d\n`,
    );
    expect(refusal(() => render("PRESEED", "d-i a/b string {{ parameters.x }}\n", { x: "a\\" }))).toContain(
      "backslash",
    );
  });

  test("a value cannot choose the preseed question it answers", () => {
    for (const text of ["{{ parameters.x }}\n", "d-i {{ parameters.x }}\n", "d-i a/b string c\n{{ parameters.x }}"]) {
      expect(refusal(() => render("PRESEED", text, { x: "d-i a/b string c" }))).toContain("holds");
    }
  });

  test("a preseed command is a script from its first line to its last", () => {
    const text =
      "d-i preseed/late_command string true; \\\n  echo {{ machine.product }}\nd-i a/b string {{ machine.product }}\n";
    expect(refusal(() => render("PRESEED", text))).toMatch(/^t:2:8: .* holds " ", which a shell would take apart/);
    const quoted = text.replace("product }}", "product | shell }}");
    expect(render("PRESEED", quoted)).toBe(
      "d-i preseed/late_command string true; \\\n  echo 'PowerEdge R640'\nd-i a/b string PowerEdge R640\n",
    );
  });

  test.each([
    "a b",
    "$(reboot)",
    "`reboot`",
    "a;b",
    "a'b",
    'a"b',
    "a\\b",
    "a|b",
    "a&b",
    "~root",
    "#a",
    "%post",
    "*",
    "a>b",
  ])("in Kickstart %j is refused unless a filter quotes it", (x) => {
    for (const text of ["{{ parameters.x }}", "%post\n{{ parameters.x }}\n%end", 'a "{{ parameters.x }}"']) {
      expect(refusal(() => render("KICKSTART", text, { x }))).toContain("| shell");
    }
    const text = render("KICKSTART", "{{ parameters.x | shell }} {{ parameters.list | shell }}", { x, list: [x, "y"] });
    expect(execFileSync("sh", ["-c", `printf '%s\\n' ${text}`], { encoding: "utf8" })).toBe(`${x}\n${x}\ny\n`);
  });

  test("a refusal never shows the value, which may be a secret", () => {
    const message = refusal(() => render("KICKSTART", "rootpw --iscrypted {{ parameters.x }}", { x: "$6$salt$hash" }));
    expect(message).toContain('holds "$"');
    expect(message).not.toContain("salt");
  });

  test.each([
    ["echo '{{ parameters.x | shell }}'", true],
    ['echo "a {{ parameters.x | shell }}"', true],
    ["echo 'a' {{ parameters.x | shell }}", false],
    ["echo \\' {{ parameters.x | shell }}", false],
    ["echo 'a\\' {{ parameters.x | shell }}", false],
    ["echo don't\necho {{ parameters.x | shell }}", false],
  ])("%j, with quotation marks of the author's own around the filter's, is refused: %s", (script, refused) => {
    const act = () => render("KICKSTART", `%post\n${script}\n%end\n`, { x: "a" });
    if (refused) expect(refusal(act)).toContain("shell quotes by itself");
    else expect(act()).toContain("'a'");
  });

  test("what only looks quoted is held to a plain word", () => {
    expect(refusal(() => render("KICKSTART", "{{ parameters.x | shell | append: ' y' }}", { x: "a" }))).toContain(
      "holds",
    );
    expect(refusal(() => render("KICKSTART", "{% assign q = parameters.x | shell %}{{ q }}", { x: "a" }))).toContain(
      "holds",
    );
  });

  test("a package is written as it is, and opens no section", () => {
    const text = "%packages\n{% for p in parameters.packages -%}\n{{ p }}\n{% endfor -%}\n%end\n{{ parameters.x }}";
    expect(render("KICKSTART", text, { packages: ["@^minimal-environment", "kernel*"], x: "y" })).toBe(
      "%packages\n@^minimal-environment\nkernel*\n%end\ny",
    );
    for (const name of ["%post", "%end", " %include http://evil", "#a"]) {
      expect(refusal(() => render("KICKSTART", text, { packages: [name], x: "y" }))).toContain("begins with % or #");
    }
    expect(refusal(() => render("KICKSTART", text, { packages: [], x: "a b" }))).toContain("t:6:1:");
  });

  test("kernel arguments become one line, each value one word", () => {
    const text = "\n  url={{ urls.config }}\n  {% if place %}rack={{ place.rack }}{% endif %}\n\n quiet\n";
    expect(render("KERNEL_ARGUMENTS", text)).toBe(
      "url=http://192.0.2.1:9393/install/preseed.cfg?token=kr_sample rack=B-07 quiet",
    );
    for (const x of ["a b", "${net0/mac}", "a\tb", 'a"b', "a\\", "||", "&&", "a|b", "é", "'a'"]) {
      expect(refusal(() => render("KERNEL_ARGUMENTS", "a={{ parameters.x }}", { x }))).toContain("t:1:3:");
    }
    expect(refusal(() => render("KERNEL_ARGUMENTS", "a={{ parameters.x }}", { x: "b".repeat(2000) }))).toContain(
      "2002 characters",
    );
  });
});

describe("what a template may do", () => {
  test.each([
    ["{% include 'a' %}", 't:1:1: there is no snippet "a"'],
    ["{% include parameters.a %}", "t:1:1: write the snippet's name in quotation marks"],
    ["{% render 'a' %}", 'there is no tag "render"; there are'],
    ["{% layout '/etc/passwd' %}", 'there is no tag "layout"'],
    ["{% echo machine.product %}", 'there is no tag "echo"'],
    ["{% capture a %}{% endcapture %}", 'there is no tag "capture"'],
    ["{% increment machine %}", 'there is no tag "increment"'],
    ['{{ "now" | date: "%s" }}', 'there is no filter "date"; there are'],
    ["{{ parameters.x | sample }}", 'there is no filter "sample"'],
    ["{{ machine.product | raw }}", 'there is no filter "raw"'],
    ["{{ machine.hostname", "not closed"],
    ["{% if machine.hostname %}", "not closed"],
    ["{% for a b %}{% endfor %}", "t:1:1:"],
  ])("%s is refused", (text, message) => {
    expect(refusal(() => render("KICKSTART", text))).toContain(message);
  });

  const items = Array.from({ length: 1000 }, (_, index) => `a${index}`);
  const nested = (inner: string) => {
    const heads = ["i", "j", "k"].map((name) => `{% for ${name} in parameters.l %}`).join("");
    return heads + inner + "{% endfor %}".repeat(3);
  };

  test.each([
    ["a range of 1,000,000,000", "{% for i in (1..1000000000) %}x{% endfor %}"],
    [
      "ranges within ranges",
      "{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}x{% endfor %}{% endfor %}{% endfor %}",
    ],
    ["lists within lists", nested("x")],
    ["lists within lists that print nothing", nested("")],
    [
      "a text that doubles",
      "{% assign s = 'xxxxxxxx' %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}",
    ],
    [
      "a text that is replaced by itself",
      "{% assign s = 'xx' %}{% for i in (1..40) %}{% assign s = s | replace: 'x', s %}{% endfor %}",
    ],
    [
      "a list that doubles",
      "{% assign s = parameters.l %}{% for i in (1..40) %}{% assign s = s | concat: s %}{% endfor %}",
    ],
    ["a loop that prints a gigabyte", `{% for i in (1..20000) %}${"y".repeat(60_000)}{% endfor %}`],
    ["tags within tags", "{% if machine %}".repeat(4000)],
    ["brackets within brackets", `{{ ${"machine[".repeat(8000)}`],
    ["a template of 1 MB", "x".repeat(1_000_000)],
  ])("%s is refused", (_, text) => {
    expect(refusal(() => render("KICKSTART", text, { l: items }))).toMatch(/^t/);
  });

  test("a password that no system takes is refused, before a minute goes into its hash", () => {
    const act = () => render("KICKSTART", "rootpw {{ parameters.x | crypt | shell }}", { x: "é".repeat(257) });
    expect(refusal(act)).toContain("is longer than 512 bytes, and no system takes such a password");
  });

  test("the largest template is parsed", () => {
    const text = "{{ machine.hostname }}".repeat(2_978);
    expect(render("KICKSTART", text)).toHaveLength(2_978 * 5);
  });

  test("Windows line ends become Unix ones, for d-i and sh take the others as part of the line", () => {
    expect(render("KICKSTART", "a\r\nb\r\n")).toBe("a\nb\n");
  });
});

describe("checking a template before it is saved", () => {
  test("parameters the caller does not know are filled in", () => {
    const text = "{{ parameters.b }} {% for x in parameters.a %}{{ x }}{% endfor %}";
    expect(checkTemplate("t", "KICKSTART", text).parameterNames).toEqual(["a", "b"]);
  });

  test("a template whose default does not fit its place is refused", () => {
    const act = () => checkTemplate("t", "KICKSTART", "rootpw {{ parameters.hash }}", { hash: "$6$" });
    expect(refusal(act)).toContain("t:1:8:");
  });
});
