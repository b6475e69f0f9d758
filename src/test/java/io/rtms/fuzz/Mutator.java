package io.rtms.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Breaks inputs in the ways in which JSON, URLs and text are broken: bytes, and what stands between quotes, brackets and commas. */
final class Mutator {
    private static final int MOST_BYTES = 70_000;
    private static final int MOST_STEPS = 6;
    private static final int DEEPEST = 2_000;

    /** Numbers at which readers stumble. */
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "-0",
            "1.5",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "99999999999999999999999999999999999999",
            "1e400",
            "-1e400",
            "1e-400",
            "1e999999999",
            "0.1e-999999999",
            "01",
            "0x10",
            "NaN",
            "Infinity",
            "1e",
            "+1",
            "٣");

    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "\\u0000",
            "\\ud800",
            "\\udc00\\ud800",
            "\\uFEFF",
            "\uFEFF",
            "\u2028",
            "\u202E",
            "😀",
            "\r\n",
            "\t",
            " ",
            "*",
            "%00",
            "%2f",
            "%",
            "..",
            "../",
            "//",
            "@",
            "#",
            "?",
            "&",
            "=",
            ";",
            "/*",
            "'");

    /** Bytes that are no UTF-8: overlong, half a pair, too large, cut off. */
    private static final byte[][] NO_UTF8 = {
        {(byte) 0xC0, (byte) 0x80},
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
        {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
        {(byte) 0xE2, (byte) 0x82},
        {(byte) 0xFF},
        {0}
    };

    private final RandomGenerator random;

    Mutator(RandomGenerator random) {
        this.random = random;
    }

    /** A broken one of these. */
    byte[] mutate(List<byte[]> pool) {
        byte[] input = any(pool);
        int steps = 1 + random.nextInt(MOST_STEPS);
        for (int i = 0; i < steps; i++) {
            input = step(input, pool);
        }
        return input.length > MOST_BYTES ? Arrays.copyOf(input, MOST_BYTES) : input;
    }

    private byte[] step(byte[] input, List<byte[]> pool) {
        int from = position(input);
        int to = Math.min(input.length, from + 1 + random.nextInt(16));
        return switch (random.nextInt(16)) {
            case 0 -> flip(input, from);
            case 1 -> replace(input, from, to, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replace(input, from, from, bytes(1 + random.nextInt(8)));
            case 3 -> replace(input, from, to, new byte[0]);
            case 4 -> Arrays.copyOf(input, from);
            case 5 -> replace(input, from, from, Arrays.copyOfRange(input, from, to));
            case 6 -> splice(input, any(pool));
            case 7 -> replace(input, from, from, utf8(any(WORDS)));
            case 8 -> replace(input, from, to, utf8(any(WORDS)));
            case 9 -> replace(input, from, from, any(NO_UTF8));
            case 10 -> number(input, from);
            case 11 -> value(input, from, pool);
            case 12 -> twice(input, from);
            case 13 -> nest(input, from);
            case 14 -> replace(input, from, from, repeated(input, from, to));
            default -> replace(input, from, from, utf8(any(NUMBERS)));
        };
    }

    private byte[] flip(byte[] input, int at) {
        if (at == input.length) {
            return input;
        }
        byte[] flipped = input.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    /** The begin of one and the end of another. */
    private byte[] splice(byte[] input, byte[] other) {
        return replace(input, position(input), input.length, Arrays.copyOfRange(other, position(other), other.length));
    }

    /** Puts an unusual number where the next number is. */
    private byte[] number(byte[] input, int from) {
        int begin = from;
        while (begin < input.length && !isDigit(input[begin])) {
            begin++;
        }
        int end = begin;
        while (end < input.length && isDigit(input[end])) {
            end++;
        }
        return replace(input, begin, end, utf8(any(NUMBERS)));
    }

    /** Puts something else where the value behind the next colon is: a word, a number, or a whole other input. */
    private byte[] value(byte[] input, int from, List<byte[]> pool) {
        int begin = find(input, from, ':') + 1;
        int end = Math.min(find(input, begin, ','), find(input, begin, '}'));
        byte[] other = switch (random.nextInt(3)) {
            case 0 -> utf8(any(WORDS));
            case 1 -> utf8(any(NUMBERS));
            default -> any(pool);
        };
        return begin > input.length ? input : replace(input, begin, Math.max(begin, end), other);
    }

    /** Has the next member of an object stand there twice. */
    private byte[] twice(byte[] input, int from) {
        int begin = find(input, from, '"');
        int end = find(input, begin, ',');
        return end >= input.length ? input : replace(input, begin, begin, Arrays.copyOfRange(input, begin, end + 1));
    }

    private byte[] nest(byte[] input, int from) {
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String close = open.equals("[") ? "]" : "}";
        int depth = 1 + random.nextInt(random.nextInt(10) == 0 ? DEEPEST : 40);
        byte[] inner = random.nextBoolean() ? utf8("1") : new byte[0];
        return replace(input, from, from, concat(utf8(open.repeat(depth)), inner, utf8(close.repeat(depth))));
    }

    private byte[] repeated(byte[] input, int from, int to) {
        byte[] some = from == to ? utf8("x") : Arrays.copyOfRange(input, from, to);
        int times = 1 + random.nextInt(random.nextInt(10) == 0 ? 4_000 : 20);
        ByteArrayOutputStream repeated = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            repeated.writeBytes(some);
        }
        return repeated.toByteArray();
    }

    private static boolean isDigit(byte one) {
        return one >= '0' && one <= '9';
    }

    /** Where this character is from here, or the end. */
    private static int find(byte[] input, int from, char wanted) {
        int at = Math.min(from, input.length);
        while (at < input.length && input[at] != wanted) {
            at++;
        }
        return at;
    }

    private static byte[] replace(byte[] input, int from, int to, byte[] by) {
        return concat(
                Arrays.copyOf(input, from), by, Arrays.copyOfRange(input, Math.min(to, input.length), input.length));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private int position(byte[] input) {
        return random.nextInt(input.length + 1);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private byte[] any(byte[][] some) {
        return some[random.nextInt(some.length)];
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
