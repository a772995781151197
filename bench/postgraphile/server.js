// PostGraphile 5 as its documentation serves it in production: the amber preset, node's own HTTP server, no GraphiQL.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [connectionString, port] = process.argv.slice(2);
const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString, schemas: ["public"] })],
  // Plain lists beside its connections, so that a machine's ports can be asked for as Kickrack gives them.
  schema: { defaultBehavior: "+list" },
  // GET only for the question whether it is up.
  grafserv: { graphiql: false, watch: false, graphqlOverGET: true },
  grafast: { explain: false },
});
const server = createServer();
await pgl.createServ(grafserv).addTo(server);
server.listen(Number(port), "127.0.0.1");
