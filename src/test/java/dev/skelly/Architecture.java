package dev.skelly;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import dev.skelly.event.Event;
import dev.skelly.feature.Feature;
import io.vertx.core.eventbus.EventBus;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The shape of the program as rules. Where they look is a parameter, so that each can be shown to catch a violation planted elsewhere.
 *
 * @param root package under which {@code event}, {@code log}, {@code feature} and the machinery lie
 */
record Architecture(String root) {

    /* Personal data is the law's own word for what it names. */
    private static final Pattern EMPTY_NAME =
            Pattern.compile(".*(Impl|Manager|Utils?|Helper|Common|(?<!Personal)Data|Info|Dto)");
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
        rules.putAll(roomRules());
        rules.putAll(habitRules());
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
                        .because("a fact outlives every library"),
                "the log imports only events",
                noClasses()
                        .that(resideInAPackage(root + ".log.."))
                        .should()
                        .dependOnClassesThat(ours().and(resideInAnyPackage(root + ".event..", root + ".log..")
                                .negate()))
                        .because("everything else is rebuilt from the log"),
                "the contract imports only events and the log",
                noClasses()
                        .that(resideInAPackage(root + ".feature"))
                        .should()
                        .dependOnClassesThat(
                                ours().and(resideInAnyPackage(root + ".event..", root + ".log..", root + ".feature")
                                        .negate()))
                        .because("rooms see only what the contract sees"),
                "machinery knows no room",
                noClasses()
                        .that(aRoom().negate().and(named(root + ".Rooms").negate()))
                        .should()
                        .dependOnClassesThat(aRoom())
                        .because("a feature is removed by deleting a folder and one line of Rooms"),
                "packages are free of cycles",
                slices().matching(root + ".(**)")
                        .should()
                        .beFreeOfCycles()
                        .because("the program is read in one direction"));
    }

    private Map<String, ArchRule> roomRules() {
        return Map.of(
                "rooms know no machinery",
                noClasses()
                        .that(aRoom())
                        .should()
                        .dependOnClassesThat(ours().and(aRoom().negate())
                                .and(resideInAnyPackage(
                                                root + ".feature",
                                                root + ".event..",
                                                root + ".log..",
                                                root + ".security..",
                                                root + ".mail..")
                                        .negate())
                                .or(resideInAnyPackage("io.vertx.ext.web..", "io.vertx.amqp..", "com.hazelcast.."))
                                .or(type(EventBus.class)))
                        .because("a feature says what, the machinery decides how"),
                "rooms meet only through events",
                slices().matching(root + ".feature.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .ignoreDependency(alwaysTrue(), assignableTo(Event.class))
                        .because("rooms react to each other's facts and never call each other"),
                "a room has one door",
                classes()
                        .that(aRoom())
                        .and()
                        .arePublic()
                        .and()
                        .areTopLevelClasses()
                        .should()
                        .beAssignableTo(assignableTo(Feature.class).or(assignableTo(Event.class)))
                        .because("what is public are the door and the facts"),
                "SQL of a room lives in its tables and projections",
                noClasses()
                        .that(aRoom().and(outermostNamed(SQL_FILE).negate()))
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

    private DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(root + "..");
    }

    private DescribedPredicate<JavaClass> aRoom() {
        return resideInAPackage(root + ".feature.*..");
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return outermostNamed(Pattern.compile(Pattern.quote(name)));
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
}
