package io.rtms.sdk;

/** What can go wrong in the native library: {@code RTMS_E_*} of {@code rtms.h} by name. */
public enum NativeError {
    INVALID_ARGUMENT(Abi.E_INVALID_ARGUMENT),
    NOT_EXIST(Abi.E_NOT_EXIST),
    STATE(Abi.E_STATE),
    RESOURCES(Abi.E_RESOURCES),
    WAKE(Abi.E_WAKE),
    RESOLVE(Abi.E_RESOLVE),
    CONNECT(Abi.E_CONNECT),
    TLS(Abi.E_TLS),
    UPGRADE(Abi.E_UPGRADE),
    TIMEOUT(Abi.E_TIMEOUT),
    STATUS(Abi.E_STATUS),
    PROTOCOL(Abi.E_PROTOCOL),
    TOO_LARGE(Abi.E_TOO_LARGE),
    CLOSED(Abi.E_CLOSED),
    KEEP_ALIVE(Abi.E_KEEP_ALIVE),
    NO_MEDIA(Abi.E_NO_MEDIA),
    STOPPED(Abi.E_STOPPED),
    PROXY(Abi.E_PROXY),
    WORKER(Abi.E_WORKER),
    UNKNOWN(Integer.MIN_VALUE);

    private final int code;

    NativeError(int code) {
        this.code = code;
    }

    /** The number in {@code rtms.h}. */
    public int code() {
        return code;
    }

    /** The error with this number. */
    public static NativeError of(int code) {
        for (NativeError error : values()) {
            if (error.code == code) {
                return error;
            }
        }
        return UNKNOWN;
    }
}
