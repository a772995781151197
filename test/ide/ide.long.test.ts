import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.js";
import { onBothServers } from "../graphql/test-server.js";

onBothServers("GET /graphql in a browser", (server) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  });
  afterAll(() => browser.close());

  test("is an IDE from our own files: it signs in, knows the schema, runs a query", async () => {
    const [{ serial } = { serial: "" }] = await server().register();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(9_000);
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(server().controlUrl) && !request.url().startsWith("data:"))
        elsewhere.push(request.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));

    await page.goto(`${server().controlUrl}/graphql`);
    await page.getByLabel("Token").fill("kr_none.none");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("send a valid token").waitFor();
    expect(complaints.splice(0)).toEqual([expect.stringContaining("401")]); // the browser's own words for the refusal

    await page.getByLabel("Token").fill(server().tokens.VIEWER);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("a test's viewer, viewer").waitFor();
    await page.locator(".graphiql-query-editor .view-lines").getByText("serialNumber").waitFor();
    await page.getByRole("button", { name: /show documentation/i }).click();
    await page.getByText("Mutation", { exact: true }).waitFor();
    await page.getByRole("button", { name: /execute/i }).click();
    await page.locator(".result-window").getByText(serial).waitFor();
    mkdirSync(join(packageRoot, "test/out"), { recursive: true });
    await page.screenshot({ path: join(packageRoot, "test/out/ide.png") });

    await page.reload();
    await page.getByText("a test's viewer, viewer").waitFor();
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain(server().tokens.VIEWER.split(".")[1]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("Token").waitFor();
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    await page.close();
  });

  test("is for browsers only, and its policy allows nobody else's files", async () => {
    const html = await server().control("/graphql", { headers: { Accept: "text/html,*/*;q=0.8" } }, "");
    expect([html.status, html.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(html.headers["content-security-policy"]).toMatch(/^default-src 'self';/);
    for (const Accept of ["application/json", "*/*", "application/graphql-response+json"]) {
      expect((await server().control("/graphql", { headers: { Accept } }, "")).status).toBe(405);
    }
    for (const path of ["..%2findex.html", "..%2f..%2fpackage.json", "none.js"]) {
      expect((await server().control(`/graphql/ide/assets/${path}`, {}, "")).status).toBe(404);
    }
  });
});
