package io.rtms.sdk;

/**
 * The numbers of {@code native/include/rtms.h}, under the same names less the prefix {@code RTMS_}; a test compares both sides. What they
 * mean stands there.
 */
final class Abi {
    static final int ABI_VERSION = 5;

    static final int RING_MAGIC = 0x534d5452;
    static final int RING_CAPACITY_OFFSET = 8;
    static final int RING_HEAD_OFFSET = 64;
    static final int RING_TAIL_OFFSET = 128;
    static final int RING_READER_SLEEPING_OFFSET = 192;
    static final int RING_WRITER_WAITING_OFFSET = 196;
    static final int RING_DATA_OFFSET = 256;
    static final int RING_MIN_BYTES = 65536;
    static final int RING_MAX_BYTES = 1073741824;

    static final int RECORD_LENGTH_OFFSET = 0;
    static final int RECORD_KIND_OFFSET = 4;
    static final int RECORD_FLAGS_OFFSET = 6;
    static final int RECORD_STREAM_OFFSET = 8;
    static final int RECORD_USER_ID_OFFSET = 16;
    static final int RECORD_TIMESTAMP_OFFSET = 24;
    static final int RECORD_START_OFFSET = 32;
    static final int RECORD_END_OFFSET = 40;
    static final int RECORD_ARRIVAL_OFFSET = 48;
    static final int RECORD_CODE_OFFSET = 56;
    static final int RECORD_DETAIL_OFFSET = 60;
    static final int RECORD_NAME_LENGTH_OFFSET = 64;
    static final int RECORD_PAYLOAD_LENGTH_OFFSET = 68;
    static final int RECORD_EXTRA_LENGTH_OFFSET = 72;
    static final int RECORD_HEADER_BYTES = 80;

    static final int FLAG_MORE = 1;

    static final int KIND_PADDING = 0;
    static final int KIND_AUDIO = 1;
    static final int KIND_VIDEO = 2;
    static final int KIND_DESKSHARE = 3;
    static final int KIND_TRANSCRIPT = 4;
    static final int KIND_CHAT = 5;
    static final int KIND_METADATA = 6;
    static final int KIND_EVENT = 16;
    static final int KIND_STREAM_STATE = 17;
    static final int KIND_SESSION_STATE = 18;
    static final int KIND_STREAM_STATE_ANSWER = 19;
    static final int KIND_SESSION_STATE_ANSWER = 20;
    static final int KIND_VIDEO_SUBSCRIPTION = 21;
    static final int KIND_MEDIA_READY = 32;
    static final int KIND_MEDIA_REFUSED = 33;
    static final int KIND_JOINED = 34;
    static final int KIND_MEDIA_LOST = 35;
    static final int KIND_DISCONNECTED = 36;
    static final int KIND_DROPPED = 37;
    static final int KIND_LOG = 48;
    static final int KIND_LOOP_STOPPED = 49;
    static final int KIND_PULSE = 50;

    static final int OK = 0;
    static final int E_INVALID_ARGUMENT = -1;
    static final int E_NOT_EXIST = -2;
    static final int E_STATE = -3;
    static final int E_RESOURCES = -4;
    static final int E_WAKE = -5;
    static final int E_RESOLVE = -10;
    static final int E_CONNECT = -11;
    static final int E_TLS = -12;
    static final int E_UPGRADE = -13;
    static final int E_TIMEOUT = -14;
    static final int E_STATUS = -15;
    static final int E_PROTOCOL = -16;
    static final int E_TOO_LARGE = -17;
    static final int E_CLOSED = -18;
    static final int E_KEEP_ALIVE = -19;
    static final int E_NO_MEDIA = -20;
    static final int E_STOPPED = -21;
    static final int E_PROXY = -22;
    static final int E_WORKER = -23;

    static final int STRING_STREAM_ID = 1;
    static final int STRING_ID_KEY = 2;
    static final int STRING_ID = 3;
    static final int STRING_SERVER_URLS = 4;
    static final int STRING_CLIENT_ID = 5;
    static final int STRING_CLIENT_SECRET = 6;
    static final int STRING_SIGNATURE = 7;
    static final int STRING_MEDIA_PARAMS = 8;
    static final int STRING_PROXY = 9;
    static final int STRING_CA_FILE = 10;

    static final int INT_MEDIA_TYPES = 1;
    static final int INT_SPLIT = 2;
    static final int INT_BUFFER_DATA = 3;
    static final int INT_CONNECT_TIMEOUT_MS = 4;
    static final int INT_HANDSHAKE_TIMEOUT_MS = 5;
    static final int INT_KEEP_ALIVE_TIMEOUT_MS = 6;
    static final int INT_MAX_MESSAGE_BYTES = 7;
    static final int INT_VERIFY_TLS = 8;

    static final int READ_ALL = 0;
    static final int READ_SIGNALING = 1;
    static final int READ_NOTHING = 2;

    private Abi() {}
}
