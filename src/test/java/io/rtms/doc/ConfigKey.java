package io.rtms.doc;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A key of the configuration.
 *
 * @param name its name, with {@code *} for the name of a map's entry
 * @param getter the method of a mapping interface that reads it
 * @param preset its default as it is written, with expressions; empty for none
 */
record ConfigKey(String name, Method getter, Optional<String> preset) {
    /** The type of its values. */
    Type type() {
        return getter.getGenericReturnType();
    }

    /** The name by which {@link SourceComments} knows the getter. */
    String source() {
        return getter.getDeclaringClass().getName() + "#" + getter.getName();
    }
}
