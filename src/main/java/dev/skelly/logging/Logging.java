package dev.skelly.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Configures logging: called by the logging library at its start, and again when the settings are known. */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String FILE_OF_TESTS = "logback-test.xml";

    /* Its audit loggers print message bodies at INFO. */
    private static final List<String> SILENT =
            List.of("org.apache.activemq.audit", "org.apache.activemq.artemis.audit", "org.apache.artemis.audit");

    private static final List<String> LIBRARIES =
            List.of("org.apache", "io.netty", "io.vertx", "org.flywaydb", "org.postgresql", "org.jboss");

    /* Its warnings are heard and written by dev.skelly.cluster.HazelcastLog; itself it writes a stack trace for each stranger. */
    private static final String HEARD = "com.hazelcast";

    /** For the logging library only. */
    public Logging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (Logging.class.getClassLoader().getResource(FILE_OF_TESTS) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        apply(LoggingConfig.DEFAULT, context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Applies these settings to the whole process. */
    public static void apply(LoggingConfig config) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            apply(config, context);
        }
    }

    /** Changes the lowest level that is written by the whole process. */
    public static void level(LoggingConfig.Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            level(level, context);
        }
    }

    private static void apply(LoggingConfig config, LoggerContext context) {
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console(config, context));
        level(config.level(), context);
    }

    private static void level(LoggingConfig.Level lowest, LoggerContext context) {
        var level = Level.toLevel(lowest.name());
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
        var quieter = level.levelInt < Level.INFO_INT ? Level.INFO : Level.WARN;
        LIBRARIES.forEach(name -> context.getLogger(name).setLevel(level == Level.ERROR ? level : quieter));
        context.getLogger(HEARD).setLevel(Level.WARN);
        context.getLogger(HEARD).setAdditive(false);
        SILENT.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggingConfig config, LoggerContext context) {
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(
                started(config.format() == LoggingConfig.Format.JSON ? new JsonLayout() : new TextLayout(), context));
        encoder.start();
        var noise = new Noise();
        noise.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder);
        console.addFilter(noise);
        console.start();
        return console;
    }

    private static Layout<ILoggingEvent> started(Layout<ILoggingEvent> layout, LoggerContext context) {
        layout.setContext(context);
        layout.start();
        return layout;
    }

    /**
     * Suppresses library warnings about intended behaviour: the broker's queues of dead letters have no dead letters themselves (222165,
     * 222166), a new leader sends again what the previous one sent last (222059, which would print each message), and a feature without
     * tables has no migrations.
     */
    private static final class Noise extends Filter<ILoggingEvent> {

        private static final List<String> BEGINNINGS =
                List.of("AMQ222059", "AMQ222165", "AMQ222166", "No migrations found.");

        @Override
        public FilterReply decide(ILoggingEvent event) {
            var message = String.valueOf(event.getMessage());
            return BEGINNINGS.stream().anyMatch(message::startsWith) ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }
}
