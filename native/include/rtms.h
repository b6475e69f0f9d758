/*
 * rtms.h: the C interface of the RTMS native library, and the only thing that Java binds to.
 *
 * Shape. Flat functions over integers, strings and 64-bit handles; no structures cross the border. Handles are numbers, never
 * pointers: an unknown, stale or foreign handle gives RTMS_E_NOT_EXIST, never a crash. Arguments are checked at the door. Everything
 * asynchronous (joined, disconnected, states, events, media frames, log lines) comes back as a record in the loop's ring, in order.
 *
 * Threads. Every function may be called from any thread, at any time. None of them waits for the network; the ones that wait for
 * the loop's thread say so. Each loop owns one OS thread, on which all of its streams' sockets live.
 *
 * Strings are UTF-8 and zero terminated; they are copied before the function returns. A NULL string is RTMS_E_INVALID_ARGUMENT.
 *
 * Times are Unix milliseconds unless named otherwise. The wire protocol's numbers (status codes, event types, states, stop reasons,
 * media types) are passed through as Zoom defines them.
 */
#ifndef RTMS_H
#define RTMS_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define RTMS_API __attribute__((visibility("default")))
#else
#define RTMS_API
#endif

/* Changes whenever a function, a record or a constant below changes its meaning. Java refuses a library with another number. */
#define RTMS_ABI_VERSION 5

/* ---- Results and causes ------------------------------------------------------------------------------------------------------ */

/* Returned by functions, and carried in the field `code` of RTMS_KIND_DISCONNECTED and RTMS_KIND_MEDIA_LOST. */
#define RTMS_OK 0
#define RTMS_E_INVALID_ARGUMENT (-1)  /* a NULL, malformed or out-of-range argument */
#define RTMS_E_NOT_EXIST (-2)         /* no loop or stream with this handle */
#define RTMS_E_STATE (-3)             /* not possible now, e.g. join while joined */
#define RTMS_E_RESOURCES (-4)         /* out of memory, threads, or file descriptors */
#define RTMS_E_WAKE (-5)              /* the wake-up socket cannot be connected */
#define RTMS_E_RESOLVE (-10)          /* host name cannot be resolved */
#define RTMS_E_CONNECT (-11)          /* TCP connection refused, reset or unreachable */
#define RTMS_E_TLS (-12)              /* TLS handshake or certificate check failed */
#define RTMS_E_UPGRADE (-13)          /* the server did not accept the WebSocket upgrade */
#define RTMS_E_TIMEOUT (-14)          /* no answer within the time-out */
#define RTMS_E_STATUS (-15)           /* the handshake was answered with a status other than 0: see `detail` */
#define RTMS_E_PROTOCOL (-16)         /* the peer broke the protocol: not JSON, wrong shape, bad frame, bad Base64 */
#define RTMS_E_TOO_LARGE (-17)        /* a message above RTMS_INT_MAX_MESSAGE_BYTES */
#define RTMS_E_CLOSED (-18)           /* the peer closed the socket: `detail` is the WebSocket close code, 1006 when it had none */
#define RTMS_E_KEEP_ALIVE (-19)       /* no keep-alive request and no other message for RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, or for the time that
                                         rtms_stream_renew_media() was given */
#define RTMS_E_NO_MEDIA (-20)         /* the server offers none of the requested media, or refused every one */
#define RTMS_E_STOPPED (-21)          /* the loop was stopped */
#define RTMS_E_PROXY (-22)            /* the proxy cannot be reached, or opens no tunnel: `detail` is its HTTP status, 0 where it gave none */
#define RTMS_E_WORKER (-23)           /* the loop's process has ended, or cannot be started */

/* A sentence in English for a result; never NULL. The text is static. */
RTMS_API const char *rtms_strerror(int32_t code);

/* RTMS_ABI_VERSION of the library that is loaded. */
RTMS_API int32_t rtms_abi_version(void);

/* Version of the library in words, e.g. "builtin 0.1.0 (Boost 1.81, OpenSSL 3.0.19)". The text is static. */
RTMS_API const char *rtms_version(void);

/*
 * Which RTMS_KIND_LOG records are written, by all loops: those up to this level, 1 error to 5 trace, 0 none. At first 3, info. INVALID_ARGUMENT for
 * other numbers.
 */
RTMS_API int32_t rtms_set_log_level(int32_t level);

/* ---- The ring ---------------------------------------------------------------------------------------------------------------- */

/*
 * One region of memory per loop, written by the loop's thread, read by one reader. It begins with a header of four cache lines:
 *
 *     offset   0  u32 magic, u32 ABI version, u64 capacity   capacity: bytes of the data area, a power of two
 *     offset  64  u64 head                                   bytes ever written; only the writer stores it
 *     offset 128  u64 tail                                   bytes ever read; only the reader stores it
 *     offset 192  u32 reader_sleeping, u32 writer_waiting
 *     offset 256  the data area
 *
 * The record at position p (tail <= p < head) starts at data offset p & (capacity - 1). Records never wrap: where the rest of the
 * data area is too small, a record of kind RTMS_KIND_PADDING fills it (only its length and kind are meaningful; it may be as small as
 * 8 bytes). Lengths are multiples of 8. Numbers are in the machine's byte order.
 *
 * Reading:    h = load_acquire(head); handle the records in [tail, h); store_release(tail).
 * Sleeping:   store(reader_sleeping, 1); full fence; if head == tail, block in a read of the wake-up socket; store(reader_sleeping, 0).
 *             The writer, after it stored head and a full fence, exchanges reader_sleeping for 0, and if it was 1 sends one byte. Bytes
 *             may arrive late: a reader that wakes up and finds nothing goes to sleep again. End of stream means the loop is gone.
 * Ring full:  the writer stores writer_waiting = 1, checks once more and stops reading from its media sockets. Signaling is read on: what it
 *             brings waits in memory, in order, and only beyond 1 MiB of that signaling stops too. The reader, after it stored tail and a
 *             full fence, exchanges writer_waiting for 0, and if it was 1 calls rtms_loop_space().
 */
#define RTMS_RING_MAGIC 0x534d5452 /* "RTMS" */
#define RTMS_RING_CAPACITY_OFFSET 8
#define RTMS_RING_HEAD_OFFSET 64
#define RTMS_RING_TAIL_OFFSET 128
#define RTMS_RING_READER_SLEEPING_OFFSET 192
#define RTMS_RING_WRITER_WAITING_OFFSET 196
#define RTMS_RING_DATA_OFFSET 256
#define RTMS_RING_MIN_BYTES 65536
#define RTMS_RING_MAX_BYTES 1073741824

/*
 * A record:
 *
 *      0        4     6        8                       16
 *      +--------+-----+--------+------------------------+
 *    0 | length | kind| flags  | stream                 |
 *   16 | user_id                | timestamp              |
 *   32 | start                  | end                    |
 *   48 | arrival                | code       | detail    |
 *   64 | name_length | payload_length | extra_length | reserved |
 *   80 | name, payload, extra (bytes, no padding between), zeroes up to a multiple of 8
 *
 *   length    u32  bytes of the whole record, header and padding included
 *   kind      u16  RTMS_KIND_*
 *   flags     u16  RTMS_FLAG_*
 *   stream    i64  handle of the stream; 0 where the record is about the loop
 *   user_id   i64  Zoom's participant id; 0 mixed or none
 *   timestamp i64  Zoom's time of the frame or event
 *   start,end i64  begin and end of a transcript's utterance; 0 where the message had none
 *   arrival   i64  CLOCK_MONOTONIC nanoseconds (Java's System.nanoTime()) when the message had been read from its socket
 *   code      i32  by kind, see below
 *   detail    i32  by kind, see below
 *   name           the participant's name, UTF-8, may be empty
 *   payload        by kind
 *   extra          a JSON object with the message's rarer fields (channel_id, ...), empty where there are none
 *
 * A payload larger than a quarter of the ring's capacity is cut into several records of the same kind that follow each other without
 * another record of that stream between them; all but the last carry RTMS_FLAG_MORE, and all carry the same header fields, name and extra.
 * A name is at most 1024 bytes (cut at a character's border), an extra at most 8192 (fields that would exceed it are left out).
 */
#define RTMS_RECORD_LENGTH_OFFSET 0
#define RTMS_RECORD_KIND_OFFSET 4
#define RTMS_RECORD_FLAGS_OFFSET 6
#define RTMS_RECORD_STREAM_OFFSET 8
#define RTMS_RECORD_USER_ID_OFFSET 16
#define RTMS_RECORD_TIMESTAMP_OFFSET 24
#define RTMS_RECORD_START_OFFSET 32
#define RTMS_RECORD_END_OFFSET 40
#define RTMS_RECORD_ARRIVAL_OFFSET 48
#define RTMS_RECORD_CODE_OFFSET 56
#define RTMS_RECORD_DETAIL_OFFSET 60
#define RTMS_RECORD_NAME_LENGTH_OFFSET 64
#define RTMS_RECORD_PAYLOAD_LENGTH_OFFSET 68
#define RTMS_RECORD_EXTRA_LENGTH_OFFSET 72
#define RTMS_RECORD_HEADER_BYTES 80

#define RTMS_FLAG_MORE 1 /* the payload goes on in the stream's next record of this kind */

#define RTMS_KIND_PADDING 0
/*
 * Media. payload: decoded bytes of the frame (audio, video, deskshare), UTF-8 text (transcript, chat: where the message's data is no string, its JSON).
 * None of these precedes an attempt's first JOINED: until then the media sockets are not read beyond their handshakes. What the server sends meanwhile
 * stays in TCP's buffers, so nothing is lost; but keep-alive requests of a medium that is ready wait too while others connect.
 */
#define RTMS_KIND_AUDIO 1      /* wire message 14 */
#define RTMS_KIND_VIDEO 2      /* wire message 15 */
#define RTMS_KIND_DESKSHARE 3  /* wire message 16 */
#define RTMS_KIND_TRANSCRIPT 4 /* wire message 17; code: language, -1 none; detail: attribute 0 none, 1 new, 2 update, 3 delete */
#define RTMS_KIND_CHAT 5       /* wire message 18 */
#define RTMS_KIND_METADATA 6   /* wire messages 23 audio, 24 video, 25 deskshare, 26 transcript, 27 chat, of media that were asked for; code: that number;
                                  payload: the JSON of `content`, or of the whole message where that is no object; the other fields where it has them */
/* Signaling. */
#define RTMS_KIND_EVENT 16         /* message 6; code: event_type; user_id and name where present; payload: the JSON of `event` */
#define RTMS_KIND_STREAM_STATE 17  /* message 8; code: state; detail: reason */
#define RTMS_KIND_SESSION_STATE 18 /* message 9; code: state; detail: reason; payload: the session id, empty above 1024 bytes */
#define RTMS_KIND_STREAM_STATE_ANSWER 19  /* message 20; code: state, -1 where it has none; detail: status, 0 where it has none */
#define RTMS_KIND_SESSION_STATE_ANSWER 20 /* message 11; as above; payload: the session id, if any */
#define RTMS_KIND_VIDEO_SUBSCRIPTION 21   /* message 29; user_id, 0 where it names nobody; detail: status, 0 where it has none; payload: reason */
/* The life of an attempt: every accepted rtms_stream_join() ends with exactly one DISCONNECTED, whatever happens. */
#define RTMS_KIND_MEDIA_READY 32   /* message 4 with status 0; code: media type, 32 for the one socket of RTMS_INT_SPLIT 0; payload: the effective
                                      media_params as JSON, if any; none where they take more than 16384 bytes */
#define RTMS_KIND_MEDIA_REFUSED 33 /* one medium cannot be had, others may; code: media type; detail: status; payload: reason */
#define RTMS_KIND_JOINED 34        /* every requested medium was answered, or the server has closed signaling before; at least one is ready, and message 7 was
                                      sent for each that is; code: the ready media types, 32 without split */
#define RTMS_KIND_MEDIA_LOST 35    /* a media socket ended, signaling lives; code: RTMS_E_*; detail: media type; payload: reason in words;
                                      extra: {"detail":N} with the status or close code, if any. Also written for a medium that could not be connected */
#define RTMS_KIND_DISCONNECTED 36  /* all sockets are closed; code: RTMS_OK after leave or close, unless the end had begun before them, else RTMS_E_*;
                                      detail: status or close code; payload: reason in words. Where the server closes signaling, media are read for
                                      another second before this; time in which they cannot be read (RTMS_READ_NOTHING, the ring is full) does not count,
                                      up to 30 seconds in all; leave and close cut it short */
#define RTMS_KIND_DROPPED 37       /* frames that could neither be refused nor taken while the stream is paused or the ring full; only where Zoom's SDK is the
                                      engine; code: their kind; detail: how many; start, end: timestamps of the first and the last; extra: {"bytes":N} */
/* The loop itself. */
#define RTMS_KIND_LOG 48          /* code: 1 error, 2 warn, 3 info, 4 debug, 5 trace; payload: text, free of secrets and spoken words */
#define RTMS_KIND_LOOP_STOPPED 49 /* the loop's last record */
#define RTMS_KIND_PULSE 50        /* answer to rtms_loop_pulse(); code: attempts that run; detail: for how many milliseconds that socket has brought no
                                     message which has been silent longest, of those that are read and whose handshake is over; 0 where there is none */

/* ---- Loops ------------------------------------------------------------------------------------------------------------------- */

/*
 * Starts a loop: allocates the ring, connects to the Unix-domain stream socket at wake_path (the caller listens there and accepts),
 * starts the OS thread.
 *   name        for the thread and for log lines; at most 15 bytes are shown by the operating system
 *   ring_bytes  capacity of the data area: rounded up to a power of two, RTMS_RING_MIN_BYTES..RTMS_RING_MAX_BYTES
 * Returns the loop's handle (> 0) or an error: INVALID_ARGUMENT, RESOURCES, WAKE.
 */
RTMS_API int64_t rtms_loop_create(const char *name, int64_t ring_bytes, const char *wake_path);

/*
 * The same with a process of its own for the loop's thread: what crashes or hangs there harms this process and other loops in no way. Ring, wake-up
 * socket and all functions are as usual. When the process has ended the wake-up socket ends too, without LOOP_STOPPED; what is in the ring may be read,
 * but not relied on: a crash can leave anything there. Then rtms_loop_restart() starts another one. Its streams stay; commands that were given meanwhile
 * are lost, those that outlive attempts (rtms_stream_subscribe(), _subscribe_video(), _pause(), rtms_loop_set_tls()) excepted.
 *   worker   path of the program rtms-worker
 *   library  path of the library whose engine it runs: this one, or another with this interface
 * Waits until the process is at work, some milliseconds; fifteen seconds at the most. Beside the errors above: WORKER where it cannot be started, for a
 * reason that it writes to the standard error.
 */
RTMS_API int64_t rtms_loop_create_isolated(const char *name, int64_t ring_bytes, const char *wake_path, const char *worker, const char *library);

/* Ends an isolated loop's process as a crash would; for one that gives no sign of life. STATE for a loop that has none. */
RTMS_API int32_t rtms_loop_kill(int64_t loop);

/*
 * Starts another process for an isolated loop, and ends the present one where it still runs. For the ring's reader, when it has read what it wants to:
 * the ring is empty afterwards, its position 0. Every attempt that was accepted and whose DISCONNECTED never came into the ring is told to have ended, by
 * DISCONNECTED with RTMS_E_WORKER and the process's end in words; in a narrow moment twice, so one for a stream without an attempt means nothing.
 * Waits as rtms_loop_create_isolated(). STATE for a loop without a process, STOPPED once it was stopped; WORKER and WAKE may be tried again.
 */
RTMS_API int32_t rtms_loop_restart(int64_t loop, const char *wake_path);

/* The isolated loop's process id; 0 for a loop that has none, or while it has none. */
RTMS_API int64_t rtms_loop_process(int64_t loop);

/* Name and version of the engine that the loop runs, as rtms_version(); NULL for an unknown handle. */
RTMS_API const char *rtms_loop_engine(int64_t loop);

/* Address of the ring's header, valid until rtms_loop_destroy(); NULL for an unknown handle. */
RTMS_API void *rtms_loop_ring(int64_t loop);

/* Bytes of the mapping at rtms_loop_ring(): header and data area; or an error. */
RTMS_API int64_t rtms_loop_ring_bytes(int64_t loop);

/*
 * How TLS is checked for streams that join from now on and have no settings of their own (RTMS_STRING_CA_FILE, RTMS_INT_VERIFY_TLS). TLS 1.2 is
 * the least that is spoken, in any case. ca_file: PEM file of the authorities to trust, "" for the system's. verify: 1
 * checks chain and host name (the default), 0 checks nothing. INVALID_ARGUMENT where the file cannot be read as PEM.
 */
RTMS_API int32_t rtms_loop_set_tls(int64_t loop, const char *ca_file, int32_t verify);

/* The reader made room in a ring on which the writer waits (see "Ring full"). */
RTMS_API int32_t rtms_loop_space(int64_t loop);

/*
 * Asks the loop's thread for a sign of life. It comes back through the ring, as RTMS_KIND_PULSE: so the whole way works, from the commands over the
 * thread to the reader. Returns at once. Ask again when the answer has come, not before: answers wait in memory while nobody reads. STOPPED once the
 * loop was stopped.
 */
RTMS_API int32_t rtms_loop_pulse(int64_t loop);

/*
 * Closes every stream (as rtms_stream_close, but DISCONNECTED carries RTMS_E_STOPPED), then writes LOOP_STOPPED and ends the thread. Returns at once.
 * From now on streams of this loop answer with RTMS_E_STOPPED.
 */
RTMS_API int32_t rtms_loop_stop(int64_t loop);

/*
 * Frees the loop, its streams and its ring; stops it first where that has not been done. Waits for the loop's thread, also where nobody reads
 * the ring any more. The caller must not touch the ring afterwards.
 */
RTMS_API int32_t rtms_loop_destroy(int64_t loop);

/* ---- Streams ----------------------------------------------------------------------------------------------------------------- */

/* A new stream on a loop, not yet connected. Returns its handle (> 0) or an error. */
RTMS_API int64_t rtms_stream_create(int64_t loop);

/* Options of a stream. They take effect at the next join. A value that cannot be used is RTMS_E_INVALID_ARGUMENT, and the old one stays. */
#define RTMS_STRING_STREAM_ID 1     /* rtms_stream_id; required */
#define RTMS_STRING_ID_KEY 2        /* meeting_uuid (default), webinar_uuid, session_id, engagement_id or call_id */
#define RTMS_STRING_ID 3            /* value of the id field, exactly as received; required */
#define RTMS_STRING_SERVER_URLS 4   /* signaling URLs, comma separated, tried in order; required */
#define RTMS_STRING_CLIENT_ID 5     /* for the signature */
#define RTMS_STRING_CLIENT_SECRET 6 /* for the signature */
#define RTMS_STRING_SIGNATURE 7     /* a ready signature, instead of the two above */
#define RTMS_STRING_MEDIA_PARAMS 8  /* JSON object: media_params of message 3, by medium: audio, video, deskshare, transcript, chat */
#define RTMS_STRING_PROXY 9         /* http://[user:password@]host:port: every socket goes through this HTTP proxy (CONNECT), which also resolves the
                                       servers' names; user and password are percent-encoded. "" (default): none */
#define RTMS_STRING_CA_FILE 10      /* PEM file of the authorities to trust; "" (default): the loop's. It is read again when it has changed */
RTMS_API int32_t rtms_stream_set_string(int64_t stream, int32_t option, const char *value);

#define RTMS_INT_MEDIA_TYPES 1            /* bits 1 audio, 2 video, 4 deskshare, 8 transcript, 16 chat; default 8. Others are not decoded */
#define RTMS_INT_SPLIT 2                  /* 1 (default): one socket for each medium; 0: one socket for all, media_type 32 */
#define RTMS_INT_BUFFER_DATA 3            /* 1 (default): the server delivers the audio captured before the join */
#define RTMS_INT_CONNECT_TIMEOUT_MS 4     /* resolve, TCP, proxy, TLS and upgrade, for each server of a list; where its name has several addresses, each
                                             that does not answer gets an equal part of what is left, 1500 at least; default 10000 */
#define RTMS_INT_HANDSHAKE_TIMEOUT_MS 5   /* messages 1 -> 2 and 3 -> 4; default 10000 */
#define RTMS_INT_KEEP_ALIVE_TIMEOUT_MS 6  /* silence on a socket that counts as its end (any message is life: servers may leave out
                                             keep-alive requests while data flows); rests while the socket is not read; default 65000 */
#define RTMS_INT_MAX_MESSAGE_BYTES 7      /* largest message accepted; default and most 16777216 */
#define RTMS_INT_VERIFY_TLS 8             /* -1 (default): as the loop; 0 checks nothing; 1 checks chain and host name */
RTMS_API int32_t rtms_stream_set_int(int64_t stream, int32_t option, int64_t value);

/*
 * Asks for (on = 1) or no longer for (on = 0) a type of event, message 5. Asked for before the join, it is sent with the join, and again with every
 * later join of this stream. Sharing (5 and 6) needs a scope of its own, so it is asked for in a message of its own: its refusal leaves the others be.
 * STATE where 256 types are asked for already.
 */
RTMS_API int32_t rtms_stream_subscribe(int64_t stream, int32_t event_type, int32_t on);

/*
 * Asks for (on = 1) or no longer for (on = 0) the video of one participant, message 28; for streams whose video has data_opt 4. user_id: at least 1.
 * The wish is kept: it waits until the socket that carries video is ready and message 7 is sent, and it is sent again after every reconnection of that
 * socket or of signaling. There is one at a time: on = 1 for somebody else replaces it, on = 0 for the same participant ends it. on = 0 for somebody
 * else changes no wish; it is sent where video is ready. Answers are RTMS_KIND_VIDEO_SUBSCRIPTION; status 0 and 44 (a duplicate) mean that the
 * participant is subscribed to, and after that asking again sends nothing (on = 0 first has it sent again). A wish that is refused is forgotten.
 */
RTMS_API int32_t rtms_stream_subscribe_video(int64_t stream, int64_t user_id, int32_t on);

/*
 * Asks the server for the stream's or a session's state, messages 19 and 10. The answer is RTMS_KIND_STREAM_STATE_ANSWER or
 * RTMS_KIND_SESSION_STATE_ANSWER; where signaling ends before, none comes. session_id: as in RTMS_KIND_SESSION_STATE; INVALID_ARGUMENT where it is
 * empty, longer than 1024 bytes or no UTF-8. STATE where the stream has no signaling connection whose handshake has succeeded.
 */
RTMS_API int32_t rtms_stream_query_stream_state(int64_t stream);
RTMS_API int32_t rtms_stream_query_session_state(int64_t stream, const char *session_id);

/*
 * Starts an attempt: signaling handshake, media handshakes, ready. A medium that is refused with a status other than 9..13 is MEDIA_LOST with
 * RTMS_E_STATUS; the attempt ends with it where no other medium is ready, as those that are may have words under way. INVALID_ARGUMENT where an
 * option is missing, STATE while an attempt runs.
 */
RTMS_API int32_t rtms_stream_join(int64_t stream);

/*
 * Connects again those media whose sockets were lost, over the living signaling socket: MEDIA_READY, MEDIA_REFUSED or MEDIA_LOST for each, then
 * JOINED where at least one of the stream's media is ready. A status other than 9..13 is MEDIA_LOST with RTMS_E_STATUS. STATE where the stream is
 * not joined.
 */
RTMS_API int32_t rtms_stream_join_media(int64_t stream);

/*
 * Ends those media sockets of a joined stream on which no message has come for at least silent_ms; 0: every one that is read. Each is reported by
 * MEDIA_LOST with RTMS_E_KEEP_ALIVE, after which rtms_stream_join_media() connects it again. For sockets that look alive while Zoom says that the
 * media connection is interrupted. One that is not read (paused, the ring is full, not joined yet) or still shakes hands does not count as silent.
 * INVALID_ARGUMENT where silent_ms is negative, STATE where the stream is not joined.
 */
RTMS_API int32_t rtms_stream_renew_media(int64_t stream, int64_t silent_ms);

/*
 * Which of the stream's sockets are read; TCP slows the senders of the others down. Holds for later joins too. Handshakes are read in any case, and so
 * is signaling after rtms_stream_leave(). At the second and third level a message whose reading had begun may still come. Keep-alive requests of a
 * socket that is not read are not answered: the server gives it up after some 30 seconds, and with signaling the media too.
 */
#define RTMS_READ_ALL 0
#define RTMS_READ_SIGNALING 1 /* media sockets are not read; after the server has closed signaling they are, so that its last words are not lost */
#define RTMS_READ_NOTHING 2   /* signaling is not read either: for a stream whose memory must be bounded whatever the server sends */
RTMS_API int32_t rtms_stream_pause(int64_t stream, int32_t level);

/* Ends the stream for good: message 21, waits up to two seconds for 22, closes. Then DISCONNECTED. STATE where no attempt runs. */
RTMS_API int32_t rtms_stream_leave(int64_t stream);

/* Closes the sockets without ending the stream: Zoom waits for a reconnection. Then DISCONNECTED. STATE where no attempt runs. */
RTMS_API int32_t rtms_stream_close(int64_t stream);

/* Forgets the stream; its sockets are closed where they are open. Records already written stay in the ring. */
RTMS_API int32_t rtms_stream_destroy(int64_t stream);

#ifdef __cplusplus
}
#endif

#endif
