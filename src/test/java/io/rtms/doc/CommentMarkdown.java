package io.rtms.doc;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.stream.Collectors;

/** A Javadoc comment's description as Markdown; its block tags are for readers of the code and left out. */
final class CommentMarkdown extends SimpleDocTreeVisitor<Void, Void> {
    private final StringBuilder out = new StringBuilder();
    private final Links links;
    private String href = "";

    /** Where names lead. */
    interface Links {
        /** What stands for {@code {@link signature}}. */
        String link(String signature);

        /** What stands for {@code {@code text}}. */
        String code(String text);
    }

    private CommentMarkdown(Links links) {
        this.links = links;
    }

    /** @throws IllegalArgumentException where the comment has something for which there is no rule here */
    static String of(DocCommentTree comment, Links links) {
        CommentMarkdown markdown = new CommentMarkdown(links);
        markdown.visit(comment.getFullBody(), null);
        return markdown.out
                .toString()
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .strip();
    }

    @Override
    public Void visitText(TextTree text, Void none) {
        String flowing = text.getBody().replaceAll("\\s+", " ").replaceAll("[\\\\*_`\\[\\]]", "\\\\$0");
        boolean isAtStart = out.isEmpty() || Character.isWhitespace(out.charAt(out.length() - 1));
        out.append(isAtStart ? flowing.stripLeading() : flowing);
        return null;
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void none) {
        String text = literal.getBody().getBody().replaceAll("\\s+", " ").strip();
        out.append(literal.getKind() == DocTree.Kind.CODE ? links.code(text) : text);
        return null;
    }

    @Override
    public Void visitLink(LinkTree link, Void none) {
        if (!link.getLabel().isEmpty()) {
            return visit(link.getLabel(), none);
        }
        out.append(links.link(link.getReference().getSignature()));
        return null;
    }

    @Override
    public Void visitEntity(EntityTree entity, Void none) {
        out.append('&').append(entity.getName()).append(';');
        return null;
    }

    @Override
    public Void visitStartElement(StartElementTree element, Void none) {
        switch (element.getName().toString()) {
            case "p", "ul" -> paragraph();
            case "li" -> line("* ");
            case "b", "strong" -> out.append("**");
            case "i", "em" -> out.append('*');
            case "a" -> {
                out.append('[');
                href = element.getAttributes().stream()
                        .filter(AttributeTree.class::isInstance)
                        .map(AttributeTree.class::cast)
                        .filter(attribute -> attribute.getName().contentEquals("href"))
                        .map(attribute -> attribute.getValue().toString().replace(",", ""))
                        .findAny()
                        .orElseThrow();
            }
            default -> throw new IllegalArgumentException("no rule for " + element);
        }
        return null;
    }

    @Override
    public Void visitEndElement(EndElementTree element, Void none) {
        switch (element.getName().toString()) {
            case "p", "ul" -> paragraph();
            case "b", "strong" -> out.append("**");
            case "i", "em" -> out.append('*');
            case "a" -> out.append("](").append(href).append(')');
            default -> {}
        }
        return null;
    }

    @Override
    protected Void defaultAction(DocTree tree, Void none) {
        throw new IllegalArgumentException("no rule for " + tree);
    }

    private void paragraph() {
        out.append("\n\n");
    }

    private void line(String beginning) {
        boolean isAtStart = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        out.append(isAtStart ? "" : "\n").append(beginning);
    }
}
