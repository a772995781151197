import { expect, test } from "vitest";
import { fetchDiagram } from "../../../src/rack/rack-command.js";
import { onBothServers } from "../../graphql/test-server.js";

onBothServers("kickrack rack show", (server) => {
  const show = (names: string[], format = "txt", options = {}, token: string | undefined = server().tokens.VIEWER) =>
    fetchDiagram({ url: `${server().controlUrl}/`, token }, format, names, options);

  test("prints racks as the server draws them, and the server's words when it refuses", async () => {
    for (const name of ["C1", "東京-2"]) {
      await server().ask(`mutation { createRack(name: "${name}", heightU: 4) { userErrors { message } } }`);
    }
    const text = Buffer.from(await show(["C1", "東京-2"], "txt", { width: "132" })).toString();
    expect(text).toMatch(/Rack C1 .*Rack 東京-2/);
    expect(
      Buffer.from(await show(["C1"], "png"))
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    await expect(show(["nowhere"])).rejects.toThrow('no rack "nowhere"');
    await expect(show(["C1"], "txt", { width: "1" })).rejects.toThrow("width is a whole number from 40 to 500");
    await expect(show(["C1"], "txt", {}, "kr_wrong")).rejects.toThrow("send a valid token");
    await expect(fetchDiagram({ url: "http://127.0.0.1:1", token: "kr_x" }, "txt", ["C1"], {})).rejects.toThrow(
      "no answer from http://127.0.0.1:1",
    );
  });
});
