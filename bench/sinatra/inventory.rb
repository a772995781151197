# What the article shows: a Sinatra handler that trims its parameters and appends a line to a log.
require "sinatra"

set :bind, "127.0.0.1"

get "/inventory/:sn/:mac/:manufacturer/:product" do
  sn = params[:sn].gsub(/\s+$/, "")
  mac = params[:mac].gsub(/\s+/, "")
  manufacturer = params[:manufacturer].gsub(/\s+$/, "")
  product = params[:product].gsub(/\s+$/, "")
  File.open(ENV.fetch("INVENTORY_LOG"), "a") do |f|
    f.puts "#{Time.now} SN: #{sn} MAC: #{mac} Manu: #{manufacturer} prod: #{product}"
  end
  "#!ipxe\n"
end
