package io.rtms.doc;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The Javadoc of types, their constants, and their methods without parameters, by name, as the JDK's compiler reads it from the sources. */
final class SourceComments {
    private final Map<String, Entry> entries = new HashMap<>();
    private final List<Class<?>> mappings = new ArrayList<>();

    /** An element of the sources: its place among all of them, and its comment or null. */
    private record Entry(int place, DocCommentTree comment) {}

    private SourceComments() {}

    /** Reads all sources below a folder. */
    static SourceComments read(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SourceComments comments = new SourceComments();
        try (Stream<Path> paths = Files.walk(folder);
                StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> sources = paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                comments.new Reader(trees).scan(unit, null);
            }
        }
        return comments;
    }

    /** The interfaces that map configuration. */
    List<Class<?>> mappings() {
        return mappings;
    }

    /** Whether a type, or a type's member ({@code io.rtms.A$B#member}), is there. */
    boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Whether it has a comment. */
    boolean isDescribed(String name) {
        return has(name) && entries.get(name).comment != null;
    }

    /** The comment. */
    DocCommentTree of(String name) {
        if (!isDescribed(name)) {
            throw new NoSuchElementException(name + " has no Javadoc");
        }
        return entries.get(name).comment;
    }

    /** Where it stands among all elements, in the order of the sources. */
    int place(String name) {
        return entries.get(name).place;
    }

    private final class Reader extends TreePathScanner<Void, Void> {
        private final DocTrees trees;
        private final Deque<String> types = new ArrayDeque<>();

        Reader(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            String simpleName = type.getSimpleName().toString();
            String name = types.isEmpty()
                    ? getCurrentPath().getCompilationUnit().getPackageName() + "." + simpleName
                    : types.peek() + "$" + simpleName;
            add(name);
            if (type.getModifiers().getAnnotations().stream().anyMatch(Reader::isMapping)) {
                mappings.add(load(name));
            }
            types.push(name);
            super.visitClass(type, none);
            types.pop();
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            if (method.getParameters().isEmpty()) {
                add(types.peek() + "#" + method.getName());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree variable, Void none) {
            add(types.peek() + "#" + variable.getName());
            return null;
        }

        private static boolean isMapping(AnnotationTree annotation) {
            return annotation.getAnnotationType().toString().endsWith("ConfigMapping");
        }

        private static Class<?> load(String name) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(name + " is not compiled", e);
            }
        }

        private void add(String name) {
            entries.putIfAbsent(name, new Entry(entries.size(), trees.getDocCommentTree(getCurrentPath())));
        }
    }
}
