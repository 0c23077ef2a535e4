package dev.skelly.feature;

import io.vertx.core.Deployable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one feature registers while it is installed; {@link InstalledFeature} has the result. Every method throws {@link
 * IllegalStateException} after {@link Feature#install} has returned. Not thread-safe.
 */
public final class FeatureRegistry {

    final List<CommandHandler<?, ?>> commands = new ArrayList<>();
    final List<QueryHandler<?, ?>> queries = new ArrayList<>();
    final List<Route> routes = new ArrayList<>();
    final List<Worker> workers = new ArrayList<>();
    final List<BusinessProcess> processes = new ArrayList<>();
    final List<Projection> projections = new ArrayList<>();
    final List<StartupStep> startupSteps = new ArrayList<>();
    final List<LeaderTask> leaderTasks = new ArrayList<>();
    final List<ScheduledJob> jobs = new ArrayList<>();
    final List<Greeting> greetings = new ArrayList<>();
    final List<Deployable> parts = new ArrayList<>();
    final Map<Class<?>, Supplier<?>> services = new LinkedHashMap<>();

    @Nullable
    PersonalData personalData;

    private boolean frozen;

    FeatureRegistry() {}

    /** Registers a command without a result; see {@link CommandHandler}. */
    public <C extends Command<Void>> void command(
            String name, Class<C> command, CommandHandler.CommandFunction<C, Void> function) {
        commands(List.of(CommandHandler.on(name, command, Void.class, function)));
    }

    /** Registers a command; see {@link CommandHandler}. */
    public <C extends Command<R>, R> void command(
            String name, Class<C> command, Class<R> result, CommandHandler.CommandFunction<C, R> function) {
        commands(List.of(CommandHandler.on(name, command, result, function)));
    }

    /** Registers the commands that change the feature's tables. */
    public void commands(Collection<? extends CommandHandler<?, ?>> handlers) {
        open().commands.addAll(handlers);
    }

    /** Registers a query; see {@link QueryHandler}. */
    public <Q extends Query<R>, R> void query(
            String name, Class<Q> query, Class<R> result, QueryHandler.QueryFunction<Q, R> function) {
        queries(List.of(QueryHandler.on(name, query, result, function)));
    }

    /** Registers the queries that read the feature's tables. */
    public void queries(Collection<? extends QueryHandler<?, ?>> handlers) {
        open().queries.addAll(handlers);
    }

    /** Registers an HTTP route. */
    public void route(Route route) {
        routes(List.of(route));
    }

    /** Registers HTTP routes. */
    public void routes(Collection<Route> more) {
        open().routes.addAll(more);
    }

    /** Registers workers that react to events. */
    public void workers(Worker... more) {
        open().workers.addAll(List.of(more));
    }

    /** Registers a process manager, with its worker. */
    public void process(BusinessProcess process) {
        workers(new ProcessWorker(process));
        processes.add(process);
    }

    /** Registers read models. */
    public void projections(Projection... more) {
        open().projections.addAll(List.of(more));
    }

    /**
     * Registers how the personal data that the feature stores is exported and erased.
     *
     * @throws IllegalStateException when the feature has registered it before
     */
    public void personalData(PersonalData data) {
        if (open().personalData != null) {
            throw new IllegalStateException("personal data is registered twice (expected: once)");
        }
        personalData = data;
    }

    /** Registers a step of the start on nodes with the persistence role; see {@link StartupStep}. */
    public void startupStep(StartupStep step) {
        open().startupSteps.add(step);
    }

    /** Registers a job that runs at the due times of a schedule, in one place of the cluster. */
    public void job(ScheduledJob job) {
        open().jobs.add(job);
    }

    /** Registers a task that the leader of the relay repeats with pauses, on its own database session; for a schedule use {@link #job}. */
    public void leaderTask(LeaderTask task) {
        open().leaderTasks.add(task);
    }

    /**
     * Registers a part that runs on every node while it serves, such as one with a timer. Commands and queries can be sent from it; its deployment
     * must not fail because one does.
     */
    public void part(Deployable part) {
        open().parts.add(part);
    }

    /** Registers lines that a started node shows to its operator. */
    public void greeting(Greeting greeting) {
        open().greetings.add(greeting);
    }

    /**
     * Registers a service for the command line.
     *
     * @param type by which the command line asks for it; unique in the program
     * @param service called after the tables are migrated, where commands are executed
     */
    public <T> void service(Class<T> type, Supplier<T> service) {
        open().services.put(type, service);
    }

    void freeze() {
        frozen = true;
    }

    private FeatureRegistry open() {
        if (frozen) {
            throw new IllegalStateException("a feature registers after its installation (expected: during it)");
        }
        return this;
    }
}
