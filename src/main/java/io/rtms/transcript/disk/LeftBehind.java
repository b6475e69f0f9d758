package io.rtms.transcript.disk;

/** What a process has left in the folder of transcript files, compared to what it told readers. */
enum LeftBehind {
    /** All of it, and it lasts. */
    ALL,
    /** All of it, handed to the operating system: the process was killed. */
    ALL_UNSYNCED,
    /** Maybe not all: the machine went down, or the disk refused something when the process ended. */
    LESS_THAN_TOLD
}
