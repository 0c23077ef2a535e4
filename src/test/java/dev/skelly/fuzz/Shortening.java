package dev.skelly.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leaves out calls of a sequence for as long as the same fault comes again. */
final class Shortening {

    private static final int RUNS_MAX = 60;

    /** Carries out the calls of these seeds. */
    interface Attempt {
        Optional<Session.Finding> run(List<Long> seeds);
    }

    private final Attempt attempt;
    private final String kind;
    private int runs;

    private Shortening(Attempt attempt, String kind) {
        this.attempt = attempt;
        this.kind = kind;
    }

    /** The shortest that was found; the first one where nothing shorter does it. */
    static Session.Finding of(Session.Finding first, List<Long> seeds, Attempt attempt) {
        return new Shortening(attempt, first.kind())
                .shorten(first, seeds.subList(0, first.calls().size()));
    }

    private Session.Finding shorten(Session.Finding first, List<Long> all) {
        var shortest = first;
        var seeds = all;
        for (var part = Math.max(1, seeds.size() - 1);
                part >= 1 && runs < RUNS_MAX;
                part = part == 1 ? 0 : (part + 1) / 2) {
            for (var from = 0; from + part < seeds.size() && runs < RUNS_MAX; ) {
                var fewer = without(seeds, from, part);
                runs++;
                var again = attempt.run(fewer).filter(finding -> finding.kind().equals(kind));
                if (again.isPresent()) {
                    shortest = again.get();
                    seeds = fewer.subList(0, shortest.calls().size());
                } else {
                    from += part;
                }
            }
        }
        return shortest;
    }

    /* The last call is the one that matters, so it stays. */
    private static List<Long> without(List<Long> seeds, int from, int part) {
        var fewer = new ArrayList<>(seeds.subList(0, from));
        fewer.addAll(seeds.subList(Math.min(from + part, seeds.size() - 1), seeds.size()));
        return fewer;
    }
}
