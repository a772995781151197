-- GET /inventory/… of one machine after the other, with what SNreg.ipxe asks a machine of two ports to send.
-- Arguments: the first machine's number, how many there are before it begins again.
local format = string.format

function init(args)
  first, count, next_machine = tonumber(args[1]), tonumber(args[2]), 0
  rest = " HTTP/1.1\r\nConnection: keep-alive\r\nUser-Agent: iPXE/1.21.1+\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\n\r\n"
end

function request()
  local machine = first + next_machine % count
  next_machine = next_machine + 1
  local high, middle, low = math.floor(machine / 32768), math.floor(machine / 128) % 256, machine % 128 * 2
  local mac = format("b0-26-%02x-%02x-%02x-", math.floor(high / 256), high % 256, middle)
  return format("GET /inventory/SN%08d/b0:26:%02x:%02x:%02x:%02x/Dell%%20Inc./PowerEdge%%20R640"
    .. "?uuid=%08x-1111-4222-8333-444444444444&asset=&board=&platform=efi&arch=x86_64&version=1.21.1%%2B&mac0=%s%02x&mac1=%s%02x",
    machine, math.floor(high / 256), high % 256, middle, low, machine, mac, low, mac, low + 1) .. rest
end

function done(summary, latency)
  local errors = summary.errors
  io.write(format('{"requests":%d,"microseconds":%d,"bytes":%d,"wrong":%d,"broken":%d,"timeouts":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes, errors.status, errors.connect + errors.read + errors.write,
    errors.timeout, latency:percentile(50), latency:percentile(99)))
end
