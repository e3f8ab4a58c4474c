// The scripts by which people-in-redis.ts changes and asks what all processes share: Redis does each at once, between whatever others want.

/** Members that one script handles, so that nobody else waits long for Redis. */
export const MEMBERS_AT_ONCE = 1_000;

const COMMON = `
  local p = ARGV[1]
  local counts = {}
  local function publish(changedMs)
    local said = {changedMs}
    for key, count in pairs(counts) do
      said[#said + 1] = key
      said[#said + 1] = count
    end
    if #said > 1 then redis.call('PUBLISH', p .. 'changed', table.concat(said, ' ')) end
  end
  local function leave(member)
    local key, person = string.match(member, '^(.+)|(%w+)$')
    if redis.call('HINCRBY', p .. key, person, -1) <= 0 then redis.call('HDEL', p .. key, person) end
    counts[key] = redis.call('HLEN', p .. key)
  end
  local function nowMs()
    local time = redis.call('TIME')
    return time[1] * 1000 + math.floor(time[2] / 1000)
  end`;

// ARGV: prefix, instance, lease in ms, '1' where the instance is new, when it changed, how many entered, these, those who left.
export const KEEP = `${COMMON}
  local instance = ARGV[2]
  if ARGV[4] ~= '1' and not redis.call('ZSCORE', p .. 'leases', instance) then return 0 end
  redis.call('ZADD', p .. 'leases', nowMs() + tonumber(ARGV[3]), instance)
  local enteredCount = tonumber(ARGV[6])
  for i = 7, #ARGV do
    local member = ARGV[i]
    if i < 7 + enteredCount then
      if redis.call('SADD', p .. 'of:' .. instance, member) == 1 then
        local key, person = string.match(member, '^(.+)|(%w+)$')
        redis.call('HINCRBY', p .. key, person, 1)
        counts[key] = redis.call('HLEN', p .. key)
      end
    elseif redis.call('SREM', p .. 'of:' .. instance, member) == 1 then
      leave(member)
    end
  end
  publish(ARGV[5])
  return 1`;

// ARGV: prefix, when it changed, how many at most.
export const SWEEP = `${COMMON}
  for _, instance in ipairs(redis.call('ZRANGEBYSCORE', p .. 'leases', '-inf', nowMs())) do
    redis.call('ZREM', p .. 'leases', instance)
    redis.call('SADD', p .. 'ended', instance)
  end
  local instance = redis.call('SRANDMEMBER', p .. 'ended')
  if not instance then return -1 end
  local members = redis.call('SPOP', p .. 'of:' .. instance, ARGV[3])
  for _, member in ipairs(members) do leave(member) end
  if #members == 0 then redis.call('SREM', p .. 'ended', instance) end
  publish(ARGV[2])
  return #members`;

// ARGV: prefix, instance.
export const END = `
  redis.call('ZREM', ARGV[1] .. 'leases', ARGV[2])
  redis.call('SADD', ARGV[1] .. 'ended', ARGV[2])`;

const OF_CHANGES = `${COMMON}
  local commandOf = { ['+'] = 'SADD', ['-'] = 'SREM' }`;

// ARGV: prefix, when it changed, for how long it is known when something was done, then '+', '-' or '?', a counter, a person and when it
// was done each. What nobody has read is not kept.
export const RECORD = `${OF_CHANGES}
  local period = math.floor(nowMs() / ARGV[3])
  local present, past = p .. 'done:' .. period, p .. 'done:' .. (period - 1)
  local function isTooLate(doneMs, ...)
    for _, done in ipairs({present, past}) do
      for _, knownMs in ipairs(redis.call('HMGET', done, ...)) do
        if knownMs and tonumber(knownMs) > tonumber(doneMs) then return true end
      end
    end
    return false
  end
  for i = 4, #ARGV, 4 do
    local what, key, person, doneMs = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
    local reading = p .. 'reading:' .. key
    if not isTooLate(doneMs, key .. '|' .. person, key .. '|') then
      redis.call('HSET', present, key .. '|' .. person, doneMs)
      if what == '?' then
        redis.call('DEL', p .. key, reading)
        counts[key] = '?'
      elseif redis.call('EXISTS', p .. key) == 0 then
        if redis.call('EXISTS', reading) == 1 then redis.call('HSET', reading, person, what) end
        counts[key] = '?'
      elseif redis.call(commandOf[what], p .. key, person) == 1 then
        counts[key] = redis.call('SCARD', p .. key) - 1
      end
    end
  end
  redis.call('PEXPIRE', present, 2 * ARGV[3])
  publish(ARGV[2])`;

// ARGV: prefix, how long a reading may take in s, counters. One that is being read already goes on, with what it has.
export const BEGIN_READING = `
  local name = table.concat(redis.call('TIME'), '.')
  local names = {}
  for i = 3, #ARGV do
    local reading = ARGV[1] .. 'reading:' .. ARGV[i]
    redis.call('HSETNX', reading, 0, name)
    redis.call('EXPIRE', reading, ARGV[2])
    names[#names + 1] = redis.call('HGET', reading, 0)
  end
  return names`;

// ARGV: prefix, how long they live in ms, then a counter, its reading and its people as words each. A set that is there is kept up to
// date, so it is right already. Gives of each whether it is right now.
export const STORE = `${OF_CHANGES}
  local function add(key, words)
    local people = {0}
    for person in string.gmatch(words, '%d+') do
      people[#people + 1] = person
      if #people == ${MEMBERS_AT_ONCE} then
        redis.call('SADD', key, unpack(people))
        people = {0}
      end
    end
    redis.call('SADD', key, unpack(people))
  end
  local function store(key, reading, name, words)
    if redis.call('EXISTS', key) == 1 then return 1 end
    if redis.call('HGET', reading, 0) ~= name then return 0 end
    add(key, words)
    local changes = redis.call('HGETALL', reading)
    for i = 1, #changes, 2 do
      local command = commandOf[changes[i + 1]]
      if command then redis.call(command, key, changes[i]) end
    end
    redis.call('PEXPIRE', key, ARGV[2])
    redis.call('DEL', reading)
    return 1
  end
  local outcomes = {}
  for i = 3, #ARGV, 3 do
    local key = ARGV[i]
    local outcome = store(p .. key, p .. 'reading:' .. key, ARGV[i + 1], ARGV[i + 2])
    if outcome == 1 then counts[key] = redis.call('SCARD', p .. key) - 1 end
    outcomes[#outcomes + 1] = outcome
  end
  publish('?')
  return outcomes`;

// ARGV: prefix, counters as words, of presence with '#' before them. Gives their numbers as words, "?" where nobody knows it: a page
// that is opened asks for dozens, and as commands of their own they cost this process more than all that it tells.
export const COUNTS = `
  local counts = {}
  for word in string.gmatch(ARGV[2], '%S+') do
    local count = 0
    if string.sub(word, 1, 1) == '#' then
      count = redis.call('HLEN', ARGV[1] .. string.sub(word, 2))
    else
      count = redis.call('SCARD', ARGV[1] .. word) - 1
    end
    counts[#counts + 1] = count < 0 and '?' or count
  end
  return table.concat(counts, ' ')`;
