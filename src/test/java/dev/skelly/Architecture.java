package dev.skelly;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.skelly.event.Event;
import io.vertx.core.eventbus.EventBus;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shape of the program as rules. Where they look is a parameter, so that each can be shown to catch a violation planted elsewhere.
 *
 * @param root package under which {@code event}, {@code eventlog}, {@code feature}, {@code features} and the machinery lie
 */
record Architecture(String root) {

    /* Personal data is the law's own word for what it names. */
    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(Impl|Manager|Utils?|Helper|Common|(?<!Personal)Data|Info|Dto)");
    private static final List<String> VALUES =
            List.of("java.", "io.vertx.core.buffer", "com.fasterxml.jackson.databind");
    private static final int PARAMETERS_MAX = 8;
    private static final Pattern SQL_FILE = Pattern.compile(".*(Table|Projection)");
    private static final List<String> BLOCKING = List.of(
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "java.util.concurrent.locks.LockSupport.parkUntil",
            "java.util.concurrent.CompletableFuture.get",
            "java.util.concurrent.CompletableFuture.join",
            "io.vertx.core.Future.await");
    private static final Pattern WALL_CLOCK = Pattern.compile(
            "java\\.lang\\.System\\.currentTimeMillis|java\\.time\\.(Instant|(Local|Offset|Zoned)DateTime|LocalDate)\\.now");

    /** Every rule under a short name. */
    Map<String, ArchRule> rules() {
        var rules = new TreeMap<String, ArchRule>();
        rules.putAll(directionRules());
        rules.putAll(featureRules());
        rules.putAll(habitRules());
        rules.putAll(sizeRules());
        rules.replaceAll((name, rule) -> rule.allowEmptyShould(true));
        return rules;
    }

    private Map<String, ArchRule> directionRules() {
        return Map.of(
                "events are plain Java",
                noClasses()
                        .that(resideInAPackage(root + ".event.."))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty..", "com.hazelcast..")
                                .or(ours().and(resideInAPackage(root + ".event..")
                                        .negate())))
                        .because("an event outlives every library"),
                "the event log imports only events",
                noClasses()
                        .that(resideInAPackage(root + ".eventlog.."))
                        .should()
                        .dependOnClassesThat(ours().and(resideInAnyPackage(root + ".event..", root + ".eventlog..")
                                .negate()))
                        .because("everything else is rebuilt from the log"),
                "the contract imports only events, the event log and mail",
                noClasses()
                        .that(resideInAPackage(root + ".feature"))
                        .should()
                        .dependOnClassesThat(ours().and(resideInAnyPackage(
                                        root + ".event..", root + ".eventlog..", root + ".mail..", root + ".feature")
                                .negate()))
                        .because("features see only what the contract sees"),
                "machinery knows no feature",
                noClasses()
                        .that(aFeature()
                                .negate()
                                .and(outermostNamed(Pattern.compile(".*\\.node\\.Features"))
                                        .negate()))
                        .should()
                        .dependOnClassesThat(aFeature())
                        .because("a feature is removed by deleting a folder and one line of Features"),
                "packages are free of cycles",
                withoutCycles());
    }

    /* The events of a feature name nothing of other features, so features may react to each other's. */
    private ArchRule withoutCycles() {
        return slices().assignedFrom(new Parts())
                .should()
                .beFreeOfCycles()
                .ignoreDependency(aFeature(), aFeature().and(assignableTo(Event.class)))
                .because("the program is read in one direction");
    }

    private String[] knownToFeatures() {
        return Stream.of(
                        ".feature",
                        ".aggregate..",
                        ".projection..",
                        ".event..",
                        ".eventlog..",
                        ".auth..",
                        ".cloudevents..",
                        ".crypto..",
                        ".ratelimit..",
                        ".schema..",
                        ".view..",
                        ".worker..",
                        ".config..",
                        ".mail..")
                .map(name -> root + name)
                .toArray(String[]::new);
    }

    private Map<String, ArchRule> featureRules() {
        return Map.of(
                "features know no machinery",
                noClasses()
                        .that(aFeature())
                        .should()
                        .dependOnClassesThat(ours().and(aFeature().negate())
                                .and(resideInAnyPackage(knownToFeatures()).negate())
                                .or(resideInAnyPackage("io.vertx.ext.web..", "io.vertx.amqp..", "com.hazelcast..")
                                        .and(resideInAnyPackage("io.vertx.ext.web.client..")
                                                .negate()))
                                .or(type(EventBus.class)))
                        .because("a feature says what, the machinery decides how"),
                "features meet only through events",
                slices().matching(root + ".features.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(alwaysTrue(), assignableTo(Event.class))
                        .because("features react to each other's events and never call each other"),
                "SQL of a feature lives in its tables and projections",
                noClasses()
                        .that(aFeature().and(outermostNamed(SQL_FILE).negate()))
                        .should()
                        .dependOnClassesThat(type(Tuple.class).or(type(PgException.class)))
                        .because("column names live in one file"));
    }

    private Map<String, ArchRule> habitRules() {
        return Map.of(
                "names say what a class does",
                noClasses()
                        .that(ours())
                        .should()
                        .haveNameMatching(EMPTY_NAME.pattern())
                        .because("a suffix that fits everything tells nothing"),
                "static fields are final",
                fields().that()
                        .areDeclaredInClassesThat(ours())
                        .and()
                        .areStatic()
                        .should()
                        .beFinal()
                        .because("state has an owner that can be closed"),
                "nothing blocks",
                noClasses()
                        .that(ours().and(resideInAnyPackage(root + ".cli..", root + ".embedded..")
                                .negate()))
                        .should()
                        .accessTargetWhere(DescribedPredicate.describe(
                                "a call that blocks", access -> BLOCKING.contains(fullName(access.getTarget()))))
                        .because("one blocked loop stalls every browser on it"),
                "time comes from a clock",
                noClasses()
                        .that(ours())
                        .should()
                        .callMethodWhere(DescribedPredicate.describe(
                                "a call that reads the wall clock",
                                call -> call.getTarget().getRawParameterTypes().isEmpty()
                                        && WALL_CLOCK
                                                .matcher(fullName(call.getTarget()))
                                                .matches()))
                        .because("tests choose the time"));
    }

    private Map<String, ArchRule> sizeRules() {
        return Map.of(
                "parameter lists are short",
                noCodeUnits()
                        .that()
                        .areDeclaredInClassesThat(ours())
                        .and(DescribedPredicate.describe("are written by hand", Architecture::written))
                        .and(DescribedPredicate.describe("are not the platform's", Architecture::isNoPlatform))
                        .should(haveMoreThan(PARAMETERS_MAX))
                        .because("a call with nine arguments hides which is which"));
    }

    /* What a feature may use is one record, which its classes take apart. */
    private static boolean isNoPlatform(JavaCodeUnit unit) {
        return !unit.getOwner().getSimpleName().equals("Platform");
    }

    /* A lambda's captured variables are parameters of a synthetic method. */
    private static boolean written(JavaCodeUnit unit) {
        return !unit.getModifiers().contains(JavaModifier.SYNTHETIC) && !isData(unit);
    }

    /* The constructor of a row, an event, a body or a group of settings: all components are values with names of their own. */
    private static boolean isData(JavaCodeUnit unit) {
        return unit instanceof JavaConstructor
                && unit.getOwner().isRecord()
                && unit.getRawParameterTypes().stream().allMatch(Architecture::isValue);
    }

    private static boolean isValue(JavaClass type) {
        return type.isPrimitive()
                || type.isEnum()
                || type.isRecord()
                || type.reflect().isSealed()
                || VALUES.stream().anyMatch(type.getPackageName()::startsWith);
    }

    private static ArchCondition<JavaCodeUnit> haveMoreThan(int parameters) {
        return ArchCondition.from(DescribedPredicate.describe(
                "have more than " + parameters + " parameters",
                unit -> unit.getRawParameterTypes().size() > parameters));
    }

    private DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(root + "..");
    }

    private DescribedPredicate<JavaClass> aFeature() {
        return resideInAPackage(root + ".features.*..");
    }

    private static DescribedPredicate<JavaClass> outermostNamed(Pattern pattern) {
        return DescribedPredicate.describe(
                "in a file named " + pattern,
                candidate -> pattern.matcher(outermost(candidate).getName()).matches());
    }

    private static JavaClass outermost(JavaClass candidate) {
        return candidate.getEnclosingClass().map(Architecture::outermost).orElse(candidate);
    }

    private static String fullName(AccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    /** Every package is a part of its own; a feature is one part with all its sub-packages. */
    private final class Parts implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass candidate) {
            var name = candidate.getPackageName();
            if (!name.startsWith(root + ".")) {
                return SliceIdentifier.ignore();
            }
            var path = name.substring(root.length() + 1).split("\\.", -1);
            return path[0].equals("features") && path.length > 1
                    ? SliceIdentifier.of("features", path[1])
                    : SliceIdentifier.of(String.join(".", path));
        }

        @Override
        public String getDescription() {
            return "packages of " + root + ", each feature as one";
        }
    }
}
