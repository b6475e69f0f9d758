package io.rtms.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What has to happen in Redis as one step, in Lua. Every script's keys have one hash tag. */
public enum Script {
    /**
     * Takes a stream that nobody has. Keys: lease, record. Arguments: node, milliseconds of the lease, of the record, the request (empty for the one that
     * is written down), the state (wanted or private), 1 where a stream that had a holder before is left to it for now. Returns fence, request, 1 where it
     * had a holder before; fence 0 with the holder's token; -1 where nobody wants it; -2 where it is left for now. The fence is the time of day, so that it
     * grows even where Redis has lost its data.
     */
    TAKE("""
            local held = redis.call('GET', KEYS[1])
            if held then return {0, held, 0} end
            local request = ARGV[4]
            if request == '' then
              if redis.call('HGET', KEYS[2], 'state') ~= 'wanted' then return {-1, '', 0} end
              request = redis.call('HGET', KEYS[2], 'request')
            end
            local before = tonumber(redis.call('HGET', KEYS[2], 'fence') or '0')
            if before > 0 and ARGV[6] == '1' then return {-2, '', 0} end
            local time = redis.call('TIME')
            local fence = math.max(before + 1, time[1] * 1000 + math.floor(time[2] / 1000))
            local number = string.format('%.0f', fence)
            redis.call('SET', KEYS[1], ARGV[1] .. '#' .. number, 'PX', ARGV[2])
            redis.call('HSET', KEYS[2], 'fence', number, 'owner', ARGV[1], 'state', ARGV[5], 'request', request)
            redis.call('HDEL', KEYS[2], 'aloneSince')
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return {number, request, before > 0 and 1 or 0}
            """),

    /**
     * Keeps a stream. Keys: lease, record. Arguments: token, milliseconds of the lease, of the record, fence. Returns 1 where it is kept, 0 where somebody
     * else has had it, 2 where Redis knows nothing of it.
     */
    RENEW("""
            local held = redis.call('GET', KEYS[1])
            if held and held ~= ARGV[1] then return 0 end
            local fence = redis.call('HGET', KEYS[2], 'fence')
            if not fence then return 2 end
            if fence ~= ARGV[4] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return 1
            """),

    /**
     * Writes down again what Redis has lost. Keys: lease, record. Arguments: token, milliseconds of the lease, of the record, fence, request, state, node.
     * Returns 1, or 0 where somebody else was faster.
     */
    RESTORE("""
            if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('HEXISTS', KEYS[2], 'fence') == 1 then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            redis.call('HSET', KEYS[2], 'fence', ARGV[4], 'request', ARGV[5], 'state', ARGV[6], 'owner', ARGV[7])
            redis.call('PEXPIRE', KEYS[2], ARGV[3])
            return 1
            """),

    /**
     * Lets go of a stream. Keys: lease, record. Arguments: token, fence, the state to leave it in (empty for as it is). Returns 1 where somebody is to have
     * it next, 0 where nobody is, -1 where it was another's.
     */
    RELEASE("""
            local held = redis.call('GET', KEYS[1])
            if held and held ~= ARGV[1] then return -1 end
            if redis.call('HGET', KEYS[2], 'fence') ~= ARGV[2] then return -1 end
            redis.call('DEL', KEYS[1])
            if ARGV[3] ~= '' then redis.call('HSET', KEYS[2], 'state', ARGV[3]) end
            return redis.call('HGET', KEYS[2], 'state') == 'wanted' and 1 or 0
            """),

    /** Changes a field of a record unless it is another than expected. Keys: record. Arguments: field, expected (empty for none), new, milliseconds. */
    SWAP("""
            if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return 1
            """),

    /**
     * Appends to a transcript. Keys: lease, log, record. Arguments: token, number, kind, JSON, entries kept, milliseconds, channel, the number before. Returns
     * 1; -1 where the stream is not this writer's, -2 where there is such a number already, -3 where the transcript was deleted, -4 where the number before
     * is not there: a replica that was not quite in step has taken the place of its master.
     */
    APPEND("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
            if redis.call('HEXISTS', KEYS[3], 'revoked') == 1 then return -3 end
            local newest = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
            local last = 0
            if newest[1] then last = tonumber(string.match(newest[1][1], '^%d+')) end
            if last < tonumber(ARGV[8]) then return -4 end
            local added = redis.pcall('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], ARGV[2] .. '-0', 'k', ARGV[3], 'j', ARGV[4])
            if type(added) == 'table' and added.err then return -2 end
            redis.call('PEXPIRE', KEYS[2], ARGV[6])
            redis.call('PUBLISH', ARGV[7], ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[4])
            return 1
            """),

    /**
     * Deletes a transcript but for a last entry. Keys: log, record. Arguments: kind, JSON before the number, JSON after it, milliseconds, channel. Returns
     * how many entries there were and the last one's number; -1 where it had been deleted before.
     */
    REVOKE("""
            if redis.call('HEXISTS', KEYS[2], 'revoked') == 1 then return {-1, 0} end
            redis.call('HSET', KEYS[2], 'revoked', '1')
            redis.call('PEXPIRE', KEYS[2], ARGV[4])
            local count = redis.call('XLEN', KEYS[1])
            local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
            local last = 0
            if newest[1] then last = tonumber(string.match(newest[1][1], '^%d+')) end
            redis.call('DEL', KEYS[1])
            local number = string.format('%.0f', last + 1)
            local json = ARGV[2] .. number .. ARGV[3]
            redis.call('XADD', KEYS[1], number .. '-0', 'k', ARGV[1], 'j', json)
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            redis.call('PUBLISH', ARGV[5], '!' .. number .. ' ' .. ARGV[1] .. ' ' .. json)
            return {count, number}
            """);

    /** Field of a record: since when it was found that nobody has a stream, until somebody takes it. */
    static final String ALONE_SINCE = "aloneSince";

    private final String source;
    private final String sha;

    Script(String source) {
        this.source = source;
        this.sha = sha(source);
    }

    String source() {
        return source;
    }

    /** By which Redis knows it. */
    String sha() {
        return sha;
    }

    /** By which Redis knows a script. */
    static String sha(String source) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
