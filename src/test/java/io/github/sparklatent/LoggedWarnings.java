package io.github.sparklatent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What a package logs as a warning while this is open, in place of the tests' log. */
public final class LoggedWarnings implements AutoCloseable {
    private final LoggerContext context = LoggerContext.getContext(false);
    private final String logger;
    private final Kept kept = new Kept();

    private static final class Kept extends AbstractAppender {
        private final List<String> sentences = Collections.synchronizedList(new ArrayList<>());

        private Kept() {
            super("kept", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            sentences.add(event.getMessage().getFormattedMessage());
        }
    }

    private LoggedWarnings(String logger) {
        this.logger = logger;
        kept.start();
        LoggerConfig config = new LoggerConfig(logger, Level.WARN, false);
        config.addAppender(kept, Level.WARN, null);
        context.getConfiguration().addLogger(logger, config);
        context.updateLoggers();
    }

    /** Listens to the package of a class. */
    public static LoggedWarnings of(Class<?> member) {
        return new LoggedWarnings(member.getPackageName());
    }

    /** So far, in order. */
    public List<String> sentences() {
        return List.copyOf(kept.sentences);
    }

    @Override
    public void close() {
        context.getConfiguration().removeLogger(logger);
        context.updateLoggers();
        kept.stop();
    }
}
