-- Dovetail's accounts in Dovecot 2.4, and in 2.3 from 2.3.19 on (older ones have no HTTP client in Lua):
-- passdb lua and userdb lua. See dovecot-2.4.conf and dovecot-2.3-lua.conf beside this file.
--
-- Settings, by lua_settings of 2.4; with 2.3 by a file of your own that sets the global table
-- dovetail_settings and then runs this one with dofile:
--   url         where Dovetail serves HTTP. With a name instead of an address, Dovecot's DNS client is needed.
--   token_file  the file with the token of http.token_file; whoever auth and auth-worker run as has to read it.
--   hold        yes: Dovetail holds the answers to wrong passwords back. Each keeps a process of Dovecot busy
--               meanwhile, and there are 30. no: Dovecot's own delays (auth_failure_delay, penalties, auth_policy)
--               are what there is.
-- Nothing that goes wrong here is "no such user": it is an internal failure, and the client may try again.

local settings = {
  url = "http://127.0.0.1:8890",
  token_file = "/etc/dovetail/http.token",
  hold = "no",
}

local series = "2.3"
local client, token

local escapes = { ["\1"] = "\0011", ["\t"] = "\1t", ["\r"] = "\1r", ["\n"] = "\1n" }
local meanings = { ["0"] = "\0", ["1"] = "\1", t = "\t", r = "\r", n = "\n" }

local function escaped(value)
  return (string.gsub(value, "[\1\t\r\n]", escapes))
end

local function unescaped(value)
  return (string.gsub(value, "\1(.)", function(letter) return meanings[letter] or letter end))
end

local function http_client()
  if client == nil then
    if series == "2.4" then
      client = dovecot.http.client({
        request_timeout = "12s",
        request_absolute_timeout = "12s",
        connect_timeout = "2s",
        request_max_attempts = "1",
        auto_retry = "no",
      })
    else
      client = dovecot.http.client({
        request_timeout_msecs = 12000,
        request_absolute_timeout_msecs = 12000,
        connect_timeout_msecs = 2000,
        max_attempts = 1,
        no_auto_retry = true,
      })
    end
  end
  return client
end

local function read_token()
  local file, problem = io.open(settings.token_file, "r")
  if file == nil then
    error("the token cannot be read: " .. problem, 0)
  end
  local line = file:read("*l") or ""
  file:close()
  return (string.gsub(line, "%s+$", ""))
end

local function post(path, body)
  local request = http_client():request({ url = settings.url .. path, method = "POST" })
  request:add_header("Authorization", "Bearer " .. token)
  request:add_header("Content-Type", "text/plain; charset=utf-8")
  request:set_payload(body)
  return request:submit()
end

-- The lines of an answer by their names, and in users all values of "user".
local function parsed(payload)
  local reply = { users = {} }
  for name, value in string.gmatch(payload, "([^\t\n]+)\t([^\n]*)\n") do
    value = unescaped(value)
    reply[name] = value
    if name == "user" then
      table.insert(reply.users, value)
    end
  end
  return reply
end

-- Asks Dovetail; an error if there is no whole answer.
local function whole_answer(path, question)
  local lines = {}
  for name, value in pairs(question) do
    table.insert(lines, name .. "\t" .. escaped(value) .. "\n")
  end
  local body = table.concat(lines)
  local fresh = token == nil
  token = token or read_token()
  local response = post(path, body)
  if response:status() == 401 and not fresh then -- it may be another one by now
    token = read_token()
    response = post(path, body)
  end
  if response:status() ~= 200 then
    error(path .. ": " .. response:status() .. " " .. response:reason(), 0)
  end
  local reply = parsed(response:payload())
  if reply["end"] == nil or reply.result == nil then
    error(path .. ": the answer is cut off", 0)
  end
  return reply
end

-- Asks Dovetail; without an answer the result is "temp", with the reason.
local function ask(path, question)
  local good, reply = pcall(whole_answer, path, question)
  if good then
    return reply
  end
  return { result = "temp", reason = tostring(reply), users = {} }
end

local function trouble(reply)
  return "dovetail: " .. (reply.reason or "no answer now")
end

local function question(req)
  return {
    user = req.user,
    service = req.protocol or req.service,
    rip = req.remote_ip or req.rip,
    session = req.session,
    series = series,
  }
end

function script_init(args)
  if type(args) == "table" then -- 2.3 gives none
    series = "2.4"
  end
  for name, value in pairs(args or dovetail_settings or {}) do
    if settings[name] == nil then
      error("dovetail: there is no setting " .. name)
    end
    settings[name] = value
  end
  return 0
end

function auth_password_verify(req, password)
  if req.skip_password_check then -- a master user's was right
    return auth_passdb_lookup(req)
  end
  local asked = question(req)
  asked.password = password
  asked.mech = req.mechanism or req.mech
  asked.hold = settings.hold
  local reply = ask("/auth/verify", asked)
  if reply.result == "ok" then
    local fields = { user = reply.user }
    for name, value in pairs(reply) do
      if string.sub(name, 1, 7) == "userdb_" then
        fields[name] = value
      end
    end
    return dovecot.auth.PASSDB_RESULT_OK, fields
  end
  if reply.result ~= "fail" then
    return dovecot.auth.PASSDB_RESULT_INTERNAL_FAILURE, trouble(reply)
  end
  if reply.code == "user_disabled" then
    return dovecot.auth.PASSDB_RESULT_USER_DISABLED, reply.reason
  end
  if reply.code == "pass_expired" then
    return dovecot.auth.PASSDB_RESULT_PASS_EXPIRED, reply.reason
  end
  return dovecot.auth.PASSDB_RESULT_PASSWORD_MISMATCH, reply.reason
end

-- For those who need no password: a proxy's lookups, master users, doveadm. It lets nobody in by itself.
function auth_passdb_lookup(req)
  local reply = ask("/auth/passdb", question(req))
  if reply.result == "ok" then
    return dovecot.auth.PASSDB_RESULT_OK, { user = reply.user, nopassword = "y" }
  end
  if reply.result == "absent" then
    return dovecot.auth.PASSDB_RESULT_USER_UNKNOWN, "no such user"
  end
  return dovecot.auth.PASSDB_RESULT_INTERNAL_FAILURE, trouble(reply)
end

function auth_userdb_lookup(req)
  local reply = ask("/auth/userdb", question(req))
  if reply.result == "ok" then
    local ours = { result = true, users = true, ["end"] = true }
    local fields = {}
    for name, value in pairs(reply) do
      if not ours[name] then
        fields[name] = value
      end
    end
    return dovecot.auth.USERDB_RESULT_OK, fields
  end
  if reply.result == "absent" then
    return dovecot.auth.USERDB_RESULT_USER_UNKNOWN, "no such user"
  end
  return dovecot.auth.USERDB_RESULT_INTERNAL_FAILURE, trouble(reply)
end

function auth_userdb_iterate()
  local names, after = {}, ""
  repeat
    local reply = ask("/auth/users", { after = after })
    if reply.result ~= "ok" then
      error(trouble(reply), 0) -- a table of those so far would be taken for all
    end
    for _, name in ipairs(reply.users) do
      table.insert(names, name)
      after = name
    end
  until #reply.users == 0
  return names
end
