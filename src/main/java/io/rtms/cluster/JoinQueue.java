package io.rtms.cluster;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Streams that wait for a node with room. What stands in it is a hint: whether a stream is wanted, and free, its record and its lease say. */
@Singleton
class JoinQueue {
    private final GroupStream stream;

    JoinQueue(RedisStore redis, Node node) {
        this.stream = new GroupStream(redis, redis.keys().joins(), node.id());
    }

    void add(String streamId) {
        stream.add(streamId);
    }

    List<GroupStream.Entry> next(int count, Duration wait) {
        return stream.next(count, wait);
    }

    List<GroupStream.Entry> claim(int count, Duration idle) {
        return stream.claim(count, idle);
    }

    void done(GroupStream.Entry entry) {
        stream.done(entry);
    }

    long size() {
        return stream.size();
    }

    long oldest() {
        return stream.oldest();
    }
}
