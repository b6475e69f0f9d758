package io.rtms.simulator.fault;

/** How the server ends a connection. */
public enum Ending implements Labelled {
    /** Closed with 1000, as if all were well. */
    CLOSE_1000(1000),
    /** Closed with 1001: the server goes away. */
    CLOSE_1001(1001),
    /** Closed with 1011: the server has failed. */
    CLOSE_1011(1011),
    /** TCP reset, without a close frame. */
    RESET(0);

    private final int code;

    Ending(int code) {
        this.code = code;
    }

    /** The code in the close frame; 0 where there is none. */
    public int code() {
        return code;
    }
}
