-- SPDX-License-Identifier: AGPL-3.0-or-later
-- wrk script: each request is a new report with its own key and person.
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function init(args) count = 0; math.randomseed(os.time() + id); run = math.random(1e9) end
function request()
	count = count + 1
	local key = run .. "-" .. id .. "-" .. count
	return wrk.format("POST", "/api/v1/tickets", {
		["Authorization"] = "Bearer " .. os.getenv("TOKEN"),
		["Content-Type"] = "application/json",
		["Idempotency-Key"] = key,
	}, '{"service":"' .. os.getenv("SERVICE") .. '","subject":"Hole ' .. key
		.. '","description":"A deep hole in front of number 5.","customer":{"name":"Bench '
		.. key .. '","email":"bench-' .. key .. '@example.org"},"fields":{"location":"51.5,0.7"}}')
end
function response(status)
	if status ~= 201 then bad = (bad or 0) + 1 end
end
