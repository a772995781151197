-- POST /graphql with a random line of a file as its body. Arguments: the file, the bearer token, a seed.
local random, format = math.random, string.format

function init(args)
  requests, count = {}, 0
  for body in io.lines(args[1]) do
    count = count + 1
    requests[count] = "POST /graphql HTTP/1.1\r\nConnection: keep-alive\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
      "\r\nContent-Type: application/json\r\nAuthorization: Bearer " .. args[2] ..
      "\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
  end
  math.randomseed(tonumber(args[3]))
end

function request()
  return requests[random(count)]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(format('{"requests":%d,"microseconds":%d,"bytes":%d,"wrong":%d,"broken":%d,"timeouts":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes, errors.status, errors.connect + errors.read + errors.write,
    errors.timeout, latency:percentile(50), latency:percentile(99)))
end
