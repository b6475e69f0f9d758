package com.example.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Video as it comes, H.264 in Annex B form, from the first key frame on: what comes before could not be decoded. Parameter sets come with key frames, also
 * when somebody else is seen in another size.
 */
final class H264File implements AutoCloseable {
    private static final int NAL_TYPE = 0x1F;
    private static final int IDR_PICTURE = 5;
    private static final int SEQUENCE_PARAMETERS = 7;

    private final FileChannel file;
    private boolean begun;

    H264File(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(byte[] frame) throws IOException {
        begun |= isKey(frame);
        if (begun) {
            ByteBuffer bytes = ByteBuffer.wrap(frame);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    /** Whether a decoder can begin here: a unit, after its start code 00 00 01, is an IDR picture or a sequence parameter set. */
    static boolean isKey(byte[] frame) {
        for (int i = 3; i < frame.length; i++) {
            if (frame[i - 3] == 0 && frame[i - 2] == 0 && frame[i - 1] == 1) {
                int type = frame[i] & NAL_TYPE;
                if (type == IDR_PICTURE || type == SEQUENCE_PARAMETERS) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
