package io.rtms.media;

/** Languages of transcripts (rtms-protocol section 10.10). */
public enum TranscriptLanguage implements WireNumber {
    NONE(-1, "und"),
    ARABIC(0, "ar"),
    BENGALI(1, "bn"),
    CANTONESE(2, "yue"),
    CATALAN(3, "ca"),
    CHINESE_SIMPLIFIED(4, "zh-Hans"),
    CHINESE_TRADITIONAL(5, "zh-Hant"),
    CZECH(6, "cs"),
    DANISH(7, "da"),
    DUTCH(8, "nl"),
    ENGLISH(9, "en"),
    ESTONIAN(10, "et"),
    FINNISH(11, "fi"),
    FRENCH_CANADA(12, "fr-CA"),
    FRENCH_FRANCE(13, "fr-FR"),
    GERMAN(14, "de"),
    HEBREW(15, "he"),
    HINDI(16, "hi"),
    HUNGARIAN(17, "hu"),
    INDONESIAN(18, "id"),
    ITALIAN(19, "it"),
    JAPANESE(20, "ja"),
    KOREAN(21, "ko"),
    MALAY(22, "ms"),
    PERSIAN(23, "fa"),
    POLISH(24, "pl"),
    PORTUGUESE(25, "pt"),
    ROMANIAN(26, "ro"),
    RUSSIAN(27, "ru"),
    SPANISH(28, "es"),
    SWEDISH(29, "sv"),
    TAGALOG(30, "tl"),
    TAMIL(31, "ta"),
    TELUGU(32, "te"),
    THAI(33, "th"),
    TURKISH(34, "tr"),
    UKRAINIAN(35, "uk"),
    VIETNAMESE(36, "vi"),
    /** A number that this version does not know. */
    UNKNOWN(Integer.MIN_VALUE, "und");

    private final int number;
    private final String tag;

    TranscriptLanguage(int number, String tag) {
        this.number = number;
        this.tag = tag;
    }

    /** Zoom's number; the least integer for {@link #UNKNOWN}, as -1 is {@link #NONE}. */
    @Override
    public int number() {
        return number;
    }

    /** BCP 47 language tag, {@code und} where the language is not known. */
    public String tag() {
        return tag;
    }

    /** The language with Zoom's number. */
    public static TranscriptLanguage of(int number) {
        return number >= NONE.number && number <= VIETNAMESE.number ? values()[number + 1] : UNKNOWN;
    }
}
