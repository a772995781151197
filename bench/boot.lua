-- GET /boot/MAC of a random port, as iPXE asks. Arguments: how many ports there are, a seed.
local random, format = math.random, string.format

function init(args)
  ports = tonumber(args[1])
  math.randomseed(tonumber(args[2]))
  rest = " HTTP/1.1\r\nConnection: keep-alive\r\nUser-Agent: iPXE/1.21.1+\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\n\r\n"
end

function request()
  local port = random(0, ports - 1)
  local high, low = math.floor(port / 65536), port % 65536
  return format("GET /boot/52-54-%02x-%02x-%02x-%02x", math.floor(high / 256), high % 256, math.floor(low / 256), low % 256) .. rest
end

function done(summary, latency)
  local errors = summary.errors
  io.write(format('{"requests":%d,"microseconds":%d,"bytes":%d,"wrong":%d,"broken":%d,"timeouts":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes, errors.status, errors.connect + errors.read + errors.write,
    errors.timeout, latency:percentile(50), latency:percentile(99)))
end
