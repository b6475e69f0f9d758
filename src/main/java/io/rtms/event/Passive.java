package io.rtms.event;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An observer that asks for nothing: {@code @Observes @Passive ChatData} is told of the chat that Zoom sends because somebody else observes it,
 * while {@code @Observes ChatData} is itself a reason to ask for chat. For those who pass on what there is, as the relay does, and should not
 * decide what there is. Every {@link RtmsEvent} of a stream is fired with this qualifier, which observers without one see as well.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD})
public @interface Passive {
    /** The annotation itself, for whoever looks for observers. */
    final class Literal extends AnnotationLiteral<Passive> implements Passive {
        private static final long serialVersionUID = 1;

        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
