package io.rtms.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommentMarkdownTest {
    @TempDir
    Path sources;

    static Stream<Arguments> comments() {
        return Stream.of(
                arguments("One line.", "One line."),
                arguments("Two\n * lines.", "Two lines."),
                arguments("{@code a < b} and {@literal <c>}", "`a < b` and <c>"),
                arguments("a &lt; b", "a &lt; b"),
                arguments("a_b * c", "a\\_b \\* c"),
                arguments("A<p>B", "A\n\nB"),
                arguments("A <ul><li>b</li><li>c</li></ul> D", "A\n\n* b\n* c\n\nD"),
                arguments("<b>A</b> <em>b</em>", "**A** *b*"),
                arguments("<a href='https://example.com/a'>A</a>", "[A](https://example.com/a)"),
                arguments("{@link Strategy#FAST}, {@link Thread}", "`fast`, `Thread`"),
                arguments("{@link #other}, {@link X#other}", "[`x.other`](#xother), [`x.other`](#xother)"),
                arguments("{@link Thread threads}", "threads"),
                arguments("{@code x.other}", "[`x.other`](#xother)"));
    }

    @ParameterizedTest
    @MethodSource("comments")
    void commentsBecomeMarkdown(String comment, String markdown) throws IOException {
        assertEquals(markdown, markdown(comment));
    }

    @Test
    void blockTagsAreLeftOut() throws IOException {
        assertEquals("A.", markdown("A.\n *\n * @see Thread"));
    }

    @Test
    void whatHasNoRuleIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> markdown("<table></table>"));
    }

    @Test
    void whatHasNoCommentIsNamed() throws IOException {
        write("");
        SourceComments comments = SourceComments.read(sources);
        NoSuchElementException missing = assertThrows(NoSuchElementException.class, () -> comments.of("a.X#y"));
        assertEquals("a.X#y has no Javadoc", missing.getMessage());
    }

    private String markdown(String comment) throws IOException {
        write("/** " + comment + " */");
        KeyLinks links = new KeyLinks("a.X", Map.of("a.X#other", "x.other"), Map.of("Strategy#FAST", "fast"));
        return CommentMarkdown.of(SourceComments.read(sources).of("a.X#y"), links);
    }

    private void write(String comment) throws IOException {
        Files.writeString(sources.resolve("X.java"), "package a;\ninterface X {\n%s\nint y();\n}\n".formatted(comment));
    }
}
